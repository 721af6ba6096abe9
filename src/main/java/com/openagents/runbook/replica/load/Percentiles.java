package com.openagents.runbook.replica.load;

import java.time.Duration;
import java.util.Locale;

/** How long something took; values not more than a sixteenth too high, zero if nothing was measured. */
public record Percentiles(long count, Duration p50, Duration p95, Duration p99, Duration longest) {

    /** {@code p50 0.1 s, p95 0.4 s, longest 1.2 s, of 120}. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f s, p95 %.1f s, longest %.1f s, of %d",
                seconds(p50),
                seconds(p95),
                seconds(longest),
                count);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
