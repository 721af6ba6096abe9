package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One series of an answer; an instant query gives it one point. */
public record Series(Map<String, String> labels, List<Point> points) {

    /** A value that may be NaN, as a ratio is when nothing happened. */
    public record Point(Instant at, double value) {}

    public Series {
        labels = Map.copyOf(labels);
        points = List.copyOf(points);
    }

    public double last() {
        return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).value();
    }
}
