package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;

/**
 * What a query gave.
 *
 * @param problem why Prometheus could not evaluate it, empty if it could
 * @param command the command that asks it by hand
 */
public record QueryAnswer(String query, List<Series> series, String problem, Instant at, String command) {
    public QueryAnswer {
        series = List.copyOf(series);
    }

    /** Whether there is any series; its value may still be NaN for want of events. */
    public boolean hasData() {
        return problem.isEmpty() && !series.isEmpty();
    }
}
