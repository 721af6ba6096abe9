package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.khala.Subscription.Refused;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One joined {@code sync:v1} channel. Used by one thread at a time. */
final class Channel {
    static final String TOPIC = "sync:v1";

    private final String subscriptionId;
    private final List<String> allowedTopics;
    private final Pusher pusher;
    private final Replay replay;
    private final SyncMetrics metrics;
    private final Settings settings;
    private final Map<String, Long> watermarks = new LinkedHashMap<>();
    private long lastHeardNanos = System.nanoTime();

    Channel(
            String subscriptionId,
            List<String> allowedTopics,
            Pusher pusher,
            Replay replay,
            SyncMetrics metrics,
            Settings settings) {
        this.subscriptionId = subscriptionId;
        this.allowedTopics = allowedTopics;
        this.pusher = pusher;
        this.replay = replay;
        this.metrics = metrics;
        this.settings = settings;
    }

    Map<String, Object> joined() {
        return Json.object(
                "subscription_id", subscriptionId,
                "allowed_topics", allowedTopics,
                "current_watermarks", List.of());
    }

    /**
     * Answers one event.
     *
     * @throws Refused for an error reply
     * @throws IllegalArgumentException for an event that does not exist, which crashes the channel
     */
    Map<String, Object> handle(String event, Object payload) throws Refused, SQLException {
        return switch (event) {
            case "sync:subscribe" -> subscribe(payload);
            case "sync:unsubscribe" -> unsubscribe(payload);
            case "sync:heartbeat" -> heartbeat();
            default -> throw new IllegalArgumentException("no function clause matching in handle_in/3: " + event);
        };
    }

    private Map<String, Object> subscribe(Object payload) throws Refused, SQLException {
        long startedAt = System.nanoTime();
        var wanted = Subscription.parse(payload, allowedTopics);
        var stale = replay.stale(wanted);
        if (!stale.isEmpty()) {
            metrics.caughtUp("stale_cursor", millisSince(startedAt));
            throw refuseStale(stale);
        }
        int batchSize = wanted.batchSize().orElse(settings.batchSize());
        for (var topic : wanted.topics()) {
            long after = wanted.resumeAfter().getOrDefault(topic, watermarks.getOrDefault(topic, 0L));
            watermarks.put(topic, replay.send(topic, after, batchSize, this::pushBatch));
        }
        metrics.caughtUp("ok", millisSince(startedAt));
        if (wanted.isReconnect()) {
            metrics.reconnected();
        }
        touch();
        return Json.object(
                "subscription_id", subscriptionId,
                "topics", wanted.topics(),
                "current_watermarks", watermarks(wanted.topics()));
    }

    private Refused refuseStale(List<Map<String, Object>> stale) {
        var payload = Json.object(
                "code",
                "stale_cursor",
                "message",
                "cursor is older than retention floor",
                "full_resync_required",
                true,
                "stale_topics",
                stale);
        pusher.push("sync:error", payload);
        pusher.push(
                "sync:frame",
                Page.frame(stale.get(0).get("topic"), 0, "KHALA_FRAME_KIND_ERROR", Json.written(payload)));
        return new Refused(payload);
    }

    private Map<String, Object> unsubscribe(Object payload) throws Refused {
        if (!(payload instanceof Map<?, ?> map)) {
            throw Refused.badSubscription();
        }
        Subscription.topics(map.get("topics")).forEach(watermarks::remove);
        touch();
        return Json.object("subscription_id", subscriptionId, "topics", List.copyOf(watermarks.keySet()));
    }

    private Map<String, Object> heartbeat() {
        touch();
        metrics.heartbeat("client");
        pushHeartbeat();
        return Json.object("subscription_id", subscriptionId, "watermarks", allWatermarks());
    }

    /** New rows of a topic: sends them if the client follows it. */
    void live(String topic) throws SQLException {
        var held = watermarks.get(topic);
        if (held != null) {
            watermarks.put(topic, replay.sendNew(topic, held, settings.batchSize(), this::pushBatch));
        }
    }

    /** The regular tick; false when the client has been silent for too long. */
    boolean tick() {
        if (millisSince(lastHeardNanos) > settings.heartbeatTimeoutMillis()) {
            metrics.timedOut();
            return false;
        }
        pushHeartbeat();
        return true;
    }

    private void pushHeartbeat() {
        pusher.push("sync:heartbeat", Json.object("watermarks", allWatermarks()));
        metrics.heartbeat("server");
    }

    /** Every batch goes out twice: as it is, and as a frame. */
    private void pushBatch(Page page) {
        pusher.push("sync:update_batch", page.batch());
        pusher.push("sync:frame", page.frame());
    }

    private List<Map<String, Object>> allWatermarks() {
        return watermarks(List.copyOf(watermarks.keySet()));
    }

    private List<Map<String, Object>> watermarks(List<String> topics) {
        return topics.stream()
                .map(topic -> Json.object("topic", topic, "watermark", watermarks.getOrDefault(topic, 0L)))
                .toList();
    }

    private void touch() {
        lastHeardNanos = System.nanoTime();
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** Sends an event that is no reply. */
    interface Pusher {
        void push(String event, Object payload);
    }

    /** @param batchSize rows per batch unless the client says otherwise */
    record Settings(int batchSize, long heartbeatIntervalMillis, long heartbeatTimeoutMillis) {}
}
