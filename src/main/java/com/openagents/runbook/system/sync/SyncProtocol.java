package com.openagents.runbook.system.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.system.http.JsonText;
import com.openagents.runbook.system.sync.SyncMessage.Batch;
import com.openagents.runbook.system.sync.SyncMessage.Frame;
import com.openagents.runbook.system.sync.SyncMessage.Heartbeat;
import com.openagents.runbook.system.sync.SyncMessage.Reply;
import com.openagents.runbook.system.sync.SyncMessage.Stale;
import com.openagents.runbook.system.sync.SyncMessage.StaleTopic;
import com.openagents.runbook.system.sync.SyncMessage.Update;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Channel messages of version 2.0.0: {@code [join_ref, ref, topic, event, payload]} (contract 5.1). */
final class SyncProtocol {
    static final String VERSION = "2.0.0";
    static final String TOPIC = "sync:v1";

    private SyncProtocol() {}

    /** @param joinRef null outside a joined channel */
    static String write(String joinRef, String ref, String topic, String event, Object payload) {
        var parts = new ArrayList<Object>(Arrays.asList(joinRef, ref, topic, event, payload));
        return JsonText.write(parts);
    }

    /** @param tookSince how long ago the push with a ref went out */
    static SyncMessage read(String text, Instant at, Function<String, Duration> tookSince) {
        var message = JsonText.read(text);
        if (!message.isArray() || message.size() != 5) {
            return new SyncMessage.Unknown(at, text);
        }
        var payload = message.get(4);
        return switch (message.get(3).asText()) {
            case "phx_reply" -> {
                var ref = message.get(1).asText();
                yield new Reply(
                        at,
                        ref,
                        payload.path("status").asText(),
                        payload.path("response").toString(),
                        tookSince.apply(ref));
            }
            case "sync:update_batch" ->
                new Batch(
                        at,
                        each(payload.path("updates"), SyncProtocol::update),
                        payload.path("replay_complete").asBoolean(),
                        watermarks(payload.path("head_watermarks")));
            case "sync:frame" -> frame(payload, at);
            case "sync:heartbeat" -> new Heartbeat(at, watermarks(payload.path("watermarks")));
            case "sync:error" ->
                new Stale(
                        at,
                        payload.path("code").asText(),
                        payload.path("message").asText(),
                        payload.path("full_resync_required").asBoolean(),
                        each(payload.path("stale_topics"), SyncProtocol::staleTopic));
            case "phx_close" -> new SyncMessage.ChannelClosed(at);
            case "phx_error" -> new SyncMessage.ChannelCrashed(at);
            default -> new SyncMessage.Unknown(at, text);
        };
    }

    static Map<String, Long> watermarks(JsonNode list) {
        var watermarks = new LinkedHashMap<String, Long>();
        list.forEach(entry -> watermarks.put(
                entry.path("topic").asText(), entry.path("watermark").asLong()));
        return watermarks;
    }

    static StaleTopic staleTopic(JsonNode topic) {
        return new StaleTopic(
                topic.path("topic").asText(),
                topic.path("resume_after").asLong(),
                topic.path("retention_floor").asLong());
    }

    private static Update update(JsonNode update) {
        return new Update(
                update.path("topic").asText(),
                update.path("doc_key").asText(),
                update.path("doc_version").asLong(),
                JsonText.text(update.path("payload")),
                JsonText.text(update.path("payload_hash")),
                update.path("watermark").asLong(),
                update.path("hydration_required").asBoolean());
    }

    private static Frame frame(JsonNode frame, Instant at) {
        return new Frame(
                at,
                frame.path("topic").asText(),
                frame.path("seq").asLong(),
                frame.path("kind").asText(),
                decoded(frame.path("payload_bytes").asText()),
                frame.path("schema_version").asInt());
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static <T> List<T> each(JsonNode list, Function<JsonNode, T> read) {
        return StreamSupport.stream(list.spliterator(), false).map(read).toList();
    }
}
