package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for with {@code sync:subscribe}, checked by the rules 1 to 4 of contract 5.3.
 *
 * @param resumeAfter the watermarks the client has, by topic
 * @param batchSize rows per batch, if the client says
 */
record Subscription(List<String> topics, Map<String, Long> resumeAfter, Optional<Integer> batchSize) {

    /** @throws Refused with the payload of the error reply */
    static Subscription parse(Object payload, List<String> allowedTopics) throws Refused {
        if (!(payload instanceof Map<?, ?> map)) {
            throw Refused.badSubscription();
        }
        var topics = topics(map.get("topics"));
        forbid(topics.stream().filter(topic -> !Topics.ALL.contains(topic)).toList());
        forbid(topics.stream().filter(topic -> !allowedTopics.contains(topic)).toList());
        return new Subscription(topics, resumeAfter(map.get("resume_after")), batchSize(map.get("replay_batch_size")));
    }

    static List<String> topics(Object value) throws Refused {
        if (value instanceof List<?> list) {
            var topics = list.stream()
                    .filter(String.class::isInstance)
                    .map(topic -> ((String) topic).trim())
                    .filter(topic -> !topic.isEmpty())
                    .distinct()
                    .toList();
            if (!topics.isEmpty()) {
                return topics;
            }
        }
        throw Refused.badSubscription();
    }

    /** Whether the client had something before. */
    boolean isReconnect() {
        return resumeAfter.values().stream().anyMatch(watermark -> watermark > 0);
    }

    private static void forbid(List<String> topics) throws Refused {
        if (!topics.isEmpty()) {
            throw new Refused(Json.object("code", "forbidden_topic", "forbidden_topics", topics));
        }
    }

    private static Map<String, Long> resumeAfter(Object value) throws Refused {
        var watermarks = new LinkedHashMap<String, Long>();
        if (value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                watermarks.put(entry.getKey().toString(), watermark(entry.getValue()));
            }
        } else if (value instanceof List<?> list) {
            for (var item : list) {
                if (!(item instanceof Map<?, ?> entry) || !(entry.get("topic") instanceof String topic)) {
                    throw Refused.badSubscription();
                }
                watermarks.put(topic, watermark(entry.get("watermark")));
            }
        } else if (value != null) {
            throw Refused.badSubscription();
        }
        return watermarks;
    }

    private static long watermark(Object value) throws Refused {
        if (value instanceof Long number && number >= 0) {
            return number;
        }
        throw Refused.badSubscription();
    }

    private static Optional<Integer> batchSize(Object value) {
        return value instanceof Long number && number > 0
                ? Optional.of((int) Math.min(number, Integer.MAX_VALUE))
                : Optional.empty();
    }

    /** A subscription that is not accepted; nothing changes. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> payload;

        Refused(Map<String, Object> payload) {
            super(String.valueOf(payload.get("code")), null, false, false);
            this.payload = payload;
        }

        static Refused badSubscription() {
            return new Refused(Json.object("code", "bad_subscription"));
        }

        Map<String, Object> payload() {
            return payload;
        }
    }
}
