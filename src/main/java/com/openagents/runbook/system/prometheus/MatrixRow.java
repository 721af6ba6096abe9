package com.openagents.runbook.system.prometheus;

import java.time.Duration;
import java.util.Locale;

/** One alert of the alert matrix. */
public record MatrixRow(String alert, Threshold threshold, Duration holdsFor, String severity) {

    /**
     * @param threshold for example {@code > 0.05}
     * @param holdsFor for example {@code 10m}
     */
    public static MatrixRow parse(String alert, String threshold, String holdsFor, String severity) {
        var words = threshold.split(" ");
        return new MatrixRow(
                alert,
                new Threshold(words[0], Double.parseDouble(words[1])),
                Duration.parse("PT" + holdsFor.toUpperCase(Locale.ROOT)),
                severity);
    }
}
