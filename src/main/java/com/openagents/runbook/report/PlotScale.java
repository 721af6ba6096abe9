package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Plot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** Where times and values lie in a drawing of 600 by 170. */
record PlotScale(Plot plot, double low, double high) {
    private static final double LEFT = 64;
    private static final double RIGHT = 580;
    private static final double TOP = 22;
    private static final double BOTTOM = 142;

    /** Zero is always in sight, so that small changes do not look like large ones. */
    static PlotScale of(Plot plot, double... values) {
        double low = Math.min(0, Arrays.stream(values).min().orElse(0));
        double high = Math.max(0, Arrays.stream(values).max().orElse(0));
        return new PlotScale(plot, low, low == high ? low + 1 : high);
    }

    String x(Instant at) {
        double share = seconds(plot.from(), at) / seconds(plot.from(), plot.to());
        return text(LEFT + Math.min(1, Math.max(0, share)) * (RIGHT - LEFT));
    }

    /** Halves, because the whole way between the largest numbers is larger than any number. */
    String y(double value) {
        double share = (value / 2 - low / 2) / (high / 2 - low / 2);
        return text(BOTTOM - Math.min(1, Math.max(0, share)) * (BOTTOM - TOP));
    }

    String verdictX() {
        return x(plot.at());
    }

    String thresholdY() {
        return plot.threshold().isEmpty() ? "" : y(Double.parseDouble(plot.threshold()));
    }

    String top() {
        return PlotView.number(high);
    }

    String bottom() {
        return PlotView.number(low);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static String text(double place) {
        return String.format(Locale.ROOT, "%.1f", place);
    }
}
