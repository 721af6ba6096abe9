package com.openagents.runbook.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a signal went over a time, small enough to be kept with every run: what is more than {@value #MOST_LINES} lines of
 * {@value #MOST_POINTS} points is cut, and said.
 *
 * @param unit what the values are, in words
 * @param at when the verdict was given
 * @param comparison how the signal is held against its threshold, for example {@code >}; empty without a threshold
 * @param threshold the number as text; empty if there is none
 * @param cutLines how many lines are left out
 * @param cutPoints how many points are left out of the lines that are kept
 */
public record Plot(
        String unit,
        Instant from,
        Instant to,
        Instant at,
        String comparison,
        String threshold,
        List<Line> lines,
        int cutLines,
        int cutPoints) {
    public static final int MOST_LINES = 6;
    public static final int MOST_POINTS = 60;

    /** One series, in the order of time. */
    public record Line(String name, List<Point> points) {
        public Line {
            Objects.requireNonNull(name, "name");
            points = List.copyOf(points);
        }

        private Line latest() {
            return new Line(name, points.subList(Math.max(0, points.size() - MOST_POINTS), points.size()));
        }

        private int tooMany() {
            return Math.max(0, points.size() - MOST_POINTS);
        }
    }

    /** @param value the number as text, for it may be {@code NaN} or infinite, which JSON has no numbers for */
    public record Point(Instant at, String value) {
        public Point {
            Objects.requireNonNull(at, "at");
            Double.parseDouble(value);
        }

        public double number() {
            return Double.parseDouble(value);
        }
    }

    public Plot {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(comparison, "comparison");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a plot of no time");
        }
        Objects.requireNonNull(at, "at");
        if (!threshold.isEmpty() && !Double.isFinite(Double.parseDouble(threshold))) {
            throw new IllegalArgumentException("a threshold that is no number");
        }
        cutLines += Math.max(0, lines.size() - MOST_LINES);
        var kept = lines.subList(0, Math.min(MOST_LINES, lines.size()));
        cutPoints += kept.stream().mapToInt(Line::tooMany).sum();
        lines = kept.stream().map(Line::latest).toList();
    }
}
