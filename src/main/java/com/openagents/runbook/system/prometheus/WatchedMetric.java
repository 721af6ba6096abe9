package com.openagents.runbook.system.prometheus;

import java.util.Set;

/**
 * A metric that some query uses, as it is in the running system.
 *
 * @param labels the label names of its series, none if there is no such series
 * @param command the command that shows it by hand
 */
public record WatchedMetric(String name, Set<String> labels, String command) {
    public WatchedMetric {
        labels = Set.copyOf(labels);
    }

    public boolean exists() {
        return !labels.isEmpty();
    }
}
