package com.openagents.runbook.system.sync;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What to subscribe to (contract 5.3).
 *
 * @param resumeAfter from topic to the last watermark that is known already
 * @param replayBatchSize rows in one batch
 */
public record Subscription(List<String> topics, Map<String, Long> resumeAfter, OptionalInt replayBatchSize) {
    public static Subscription to(String... topics) {
        return new Subscription(List.of(topics), Map.of(), OptionalInt.empty());
    }

    public Subscription after(String topic, long watermark) {
        var more = new LinkedHashMap<>(resumeAfter);
        more.put(topic, watermark);
        return new Subscription(topics, more, replayBatchSize);
    }

    public Subscription after(Map<String, Long> watermarks) {
        return new Subscription(topics, Map.copyOf(watermarks), replayBatchSize);
    }

    public Subscription inBatchesOf(int rows) {
        return new Subscription(topics, resumeAfter, OptionalInt.of(rows));
    }

    Map<String, Object> payload() {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("topics", topics);
        if (!resumeAfter.isEmpty()) {
            payload.put("resume_after", resumeAfter);
        }
        replayBatchSize.ifPresent(size -> payload.put("replay_batch_size", size));
        return payload;
    }
}
