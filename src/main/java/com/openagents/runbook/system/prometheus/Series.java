package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One series of an answer; an instant query gives it one point. */
public record Series(Map<String, String> labels, List<Point> points) {

    /** A value that may be NaN, as a ratio is when nothing happened. */
    public record Point(Instant at, double value) {}

    public Series {
        labels = Map.copyOf(labels);
        points = List.copyOf(points);
    }

    /** As Prometheus writes it, for example {@code {status="timeout"}}. */
    public String name() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }

    public double last() {
        return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).value();
    }
}
