package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.http.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Something that came over the socket, with the moment at which it came (contract 5.2). */
public sealed interface SyncMessage {
    Instant at();

    /** The message in a few words, for evidence. */
    String words();

    /** Rows of topics, replayed or live. Every batch comes twice, the second time as a {@link Frame}. */
    record Batch(Instant at, List<Update> updates, boolean replayComplete, Map<String, Long> headWatermarks)
            implements SyncMessage {
        @Override
        public String words() {
            return updates.size() + " updates, watermarks "
                    + updates.stream().map(Update::watermark).toList() + (replayComplete ? ", replay complete" : "");
        }
    }

    /** @param payload JSON, empty if it is to be fetched elsewhere */
    record Update(
            String topic,
            String docKey,
            long docVersion,
            Optional<String> payload,
            Optional<String> payloadHash,
            long watermark,
            boolean hydrationRequired) {}

    /**
     * @param kind for example {@code KHALA_FRAME_KIND_UPDATE_BATCH}
     * @param payload the JSON that the bytes hold
     */
    record Frame(Instant at, String topic, long seq, String kind, String payload, int schemaVersion)
            implements SyncMessage {
        @Override
        public String words() {
            return kind + " of " + topic + ", seq " + seq;
        }
    }

    record Heartbeat(Instant at, Map<String, Long> watermarks) implements SyncMessage {
        @Override
        public String words() {
            return "watermarks " + watermarks;
        }
    }

    /** The push {@code sync:error}: cursors below the retention floor. */
    record Stale(Instant at, String code, String message, boolean fullResyncRequired, List<StaleTopic> topics)
            implements SyncMessage {
        @Override
        public String words() {
            return code + ": " + topics;
        }
    }

    record StaleTopic(String topic, long resumeAfter, long retentionFloor) {}

    /**
     * The answer to one push of ours.
     *
     * @param status {@code ok} or {@code error}
     * @param response JSON
     * @param took from the push to this reply
     */
    record Reply(Instant at, String ref, String status, String response, Duration took) implements SyncMessage {
        public boolean ok() {
            return status.equals("ok");
        }

        /** The code of an error, for example {@code forbidden_topic}, or its reason where it has no code; else empty. */
        public String code() {
            return part("code").or(() -> part("reason")).orElse("");
        }

        /** One part of the response by name, for example {@code subscription_id}. */
        public Optional<String> part(String path) {
            return JsonText.part(JsonText.read(response), path);
        }

        /** A list of the response: {@code topics}, {@code allowed_topics}, {@code forbidden_topics}. */
        public List<String> list(String path) {
            return JsonText.list(JsonText.read(response), path);
        }

        /** The watermarks of a subscribe ({@code current_watermarks}) or of a heartbeat ({@code watermarks}). */
        public Map<String, Long> watermarks() {
            var tree = JsonText.read(response);
            return SyncProtocol.watermarks(
                    tree.has("watermarks") ? tree.get("watermarks") : tree.path("current_watermarks"));
        }

        /** The topics of a stale cursor. */
        public List<StaleTopic> staleTopics() {
            return StreamSupport.stream(
                            JsonText.read(response).path("stale_topics").spliterator(), false)
                    .map(SyncProtocol::staleTopic)
                    .toList();
        }

        @Override
        public String words() {
            return status + (code().isEmpty() ? "" : ", " + code());
        }
    }

    /** {@code phx_close}: the channel ended, the socket is still open. */
    record ChannelClosed(Instant at) implements SyncMessage {
        @Override
        public String words() {
            return "channel closed";
        }
    }

    /** {@code phx_error}: the channel crashed and must be joined again. */
    record ChannelCrashed(Instant at) implements SyncMessage {
        @Override
        public String words() {
            return "channel crashed";
        }
    }

    /** The socket ended. @param code of the close frame, 1006 if the connection broke without one */
    record SocketClosed(Instant at, int code, String reason) implements SyncMessage {
        static final int WITHOUT_CLOSE_FRAME = 1006;

        @Override
        public String words() {
            return code == WITHOUT_CLOSE_FRAME
                    ? "connection broke without a close frame"
                    : "socket closed with code " + code + (reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }

    /** Something that the contract does not name. */
    record Unknown(Instant at, String text) implements SyncMessage {
        @Override
        public String words() {
            return "unknown: " + text;
        }
    }
}
