package com.openagents.runbook.report.history;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An earlier run, as far as it is remembered.
 *
 * @param results of the scenarios that it selected
 */
public record PastRun(
        String runId,
        String environment,
        Instant started,
        RunVerdict verdict,
        Duration took,
        String suiteVersion,
        List<PastResult> results) {
    public PastRun {
        results = List.copyOf(results);
    }

    /** What is remembered of a run. */
    public static PastRun of(Run run) {
        return new PastRun(
                run.facts().runId(),
                run.facts().environment(),
                run.started().orElse(Instant.EPOCH),
                run.verdict(),
                run.took(),
                run.facts().suiteVersion(),
                run.scenarios().stream().map(PastResult::of).toList());
    }
}
