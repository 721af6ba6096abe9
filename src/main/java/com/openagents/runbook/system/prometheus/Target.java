package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.Map;

/**
 * Something that Prometheus scrapes.
 *
 * @param health {@code up}, {@code down} or {@code unknown}
 * @param lastError why the last scrape failed, empty if it did not
 */
public record Target(String url, Map<String, String> labels, String health, String lastError, Instant lastScrape) {
    public Target {
        labels = Map.copyOf(labels);
    }

    public String job() {
        return labels.getOrDefault("job", "");
    }

    /** Its pod where it is one, else its address. */
    public String name() {
        return labels.getOrDefault("pod", labels.getOrDefault("instance", url));
    }
}
