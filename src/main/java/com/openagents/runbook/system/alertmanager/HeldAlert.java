package com.openagents.runbook.system.alertmanager;

import java.time.Instant;
import java.util.Map;

/**
 * An alert as Alertmanager holds it.
 *
 * @param state {@code active}, {@code suppressed} or {@code unprocessed}
 */
public record HeldAlert(Map<String, String> labels, Map<String, String> annotations, Instant startsAt, String state) {
    public HeldAlert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public String name() {
        return labels.getOrDefault("alertname", "");
    }

    public String severity() {
        return labels.getOrDefault("severity", "");
    }
}
