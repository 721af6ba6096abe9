package com.openagents.runbook.system.database;

import java.util.OptionalLong;

/**
 * What the sync journal holds of one topic (contract 10.2, 10.4).
 *
 * @param head the newest watermark ever given out
 * @param oldest the oldest that is retained; nothing if retention has emptied the topic
 */
public record TopicRetention(String topic, long head, OptionalLong oldest) {

    /** Below it a client has missed something that can no longer be had. */
    public long floor() {
        return oldest.isPresent() ? Math.max(oldest.getAsLong() - 1, 0) : head;
    }

    /** How many watermarks are between the floor and the head. */
    public long retained() {
        return head - floor();
    }
}
