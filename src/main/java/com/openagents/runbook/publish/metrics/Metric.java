package com.openagents.runbook.publish.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A gauge with all its series.
 *
 * @param name without the unit, in the words of Prometheus
 * @param inSeconds whether the values are seconds; the others count, or are 0 or 1
 */
record Metric(String name, boolean inSeconds, String help, List<Series> series) {
    Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(help, "help");
        series = List.copyOf(series);
    }

    /** @param labels from name to value, in their order */
    record Series(Map<String, String> labels, double value) {
        Series {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }
}
