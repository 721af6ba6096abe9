package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One series of an answer; an instant query gives it one point. */
public record Series(Map<String, String> labels, List<Point> points) {
    /** Where it was seen comes after what was seen. */
    private static final List<String> PLACES = List.of("pod", "instance");

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

    /** The same in words, for example {@code status timeout, pod runtime-1}. */
    public String words() {
        return labels.entrySet().stream()
                .filter(label -> !label.getValue().isBlank())
                .filter(label -> !(label.getKey().equals("instance") && labels.containsKey("pod")))
                .sorted(Comparator.comparing(label -> PLACES.contains(label.getKey())))
                .map(label -> label.getKey() + " " + label.getValue())
                .collect(Collectors.joining(", "));
    }

    public double last() {
        return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).value();
    }
}
