package com.openagents.runbook.system.prometheus;

import com.openagents.runbook.evidence.Plot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The signal of an alert over the window before the verdict, with as many points as a plot holds. */
record SignalPlot(AlertRule rule, Instant until, Duration window) {

    Instant from() {
        return until.minus(window);
    }

    Duration step() {
        return window.dividedBy(Plot.MOST_POINTS - 1).plusMillis(1);
    }

    String title() {
        return "Signal of " + rule.name();
    }

    String heldAgainst() {
        return rule.threshold()
                .map(threshold -> "fires when " + threshold + " for "
                        + rule.holdsFor().toString().substring(2).toLowerCase(Locale.ROOT))
                .orElse("");
    }

    Plot of(List<Series> series) {
        var threshold = rule.threshold();
        return new Plot(
                "value of the alert's expression",
                from(),
                until,
                until,
                threshold.map(Threshold::comparison).orElse(""),
                threshold
                        .map(limit -> BigDecimal.valueOf(limit.value()).toPlainString())
                        .orElse(""),
                series.stream().map(SignalPlot::line).toList(),
                0,
                0);
    }

    private static Plot.Line line(Series series) {
        var points = series.points().stream()
                .map(point -> new Plot.Point(point.at(), Double.toString(point.value())))
                .toList();
        return new Plot.Line(series.labels().isEmpty() ? "signal" : series.name(), points);
    }
}
