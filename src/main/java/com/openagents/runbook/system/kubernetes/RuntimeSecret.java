package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be known of the Secret of the runtime. No value ever stands here.
 *
 * @param exists false if there is no such Secret
 * @param keys from key to whether its value holds anything but white space
 * @param changedAt when its data last changed; empty if the cluster does not tell
 */
public record RuntimeSecret(
        String name,
        boolean exists,
        Map<String, Boolean> keys,
        Optional<Instant> changedAt,
        Instant at,
        Kubectl kubectl) {
    public RuntimeSecret {
        keys = Map.copyOf(keys);
    }

    /** Those of the keys that are missing or hold nothing. */
    public List<String> unset(List<String> wanted) {
        return wanted.stream().filter(key -> !keys.getOrDefault(key, false)).toList();
    }

    public boolean has(String key) {
        return keys.getOrDefault(key, false);
    }
}
