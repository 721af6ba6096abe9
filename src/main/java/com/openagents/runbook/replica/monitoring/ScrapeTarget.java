package com.openagents.runbook.replica.monitoring;

import java.util.Map;

/**
 * Something with metrics on {@code /metrics}.
 *
 * @param job what it is one of, for example {@code runtime}
 * @param address host and port
 * @param labels what tells it from others of the job, for example its pod
 */
public record ScrapeTarget(String job, String address, Map<String, String> labels) {
    public ScrapeTarget {
        labels = Map.copyOf(labels);
    }
}
