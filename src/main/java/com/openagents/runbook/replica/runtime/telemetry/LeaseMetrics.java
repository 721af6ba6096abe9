package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.List;
import java.util.Set;

/** Leases and the janitor. */
public final class LeaseMetrics {
    private static final Set<String> ROUTINE = Set.of("renewed", "ok");
    private static final Set<String> ORDINARY = Set.of("acquired", "lease_held");

    private final TelemetryLog log;
    private final Counter operation;
    private final Counter cycle;
    private final Summary scanned;
    private final Summary resumedPerCycle;
    private final Summary failedPerCycle;
    private final Summary skipped;
    private final Counter resumed;
    private final Counter failed;

    public LeaseMetrics(Metrics metrics) {
        log = metrics.log();
        operation = metrics.counter("openagents_runtime_lease_operation", "action", "result");
        for (var result : List.of("acquired", "renewed", "stolen", "lease_held")) {
            operation.initLabelValues("acquire", result);
        }
        cycle = metrics.counter("openagents_runtime_janitor_cycle");
        scanned = metrics.summary("openagents_runtime_janitor_cycle_scanned");
        resumedPerCycle = metrics.summary("openagents_runtime_janitor_cycle_resumed");
        failedPerCycle = metrics.summary("openagents_runtime_janitor_cycle_failed");
        skipped = metrics.summary("openagents_runtime_janitor_cycle_skipped");
        resumed = metrics.counter("openagents_runtime_janitor_resumed");
        failed = metrics.counter("openagents_runtime_janitor_failed", "reason_class");
    }

    public void operation(String runId, String action, String result) {
        operation.labelValues(action, result).inc();
        if (ORDINARY.contains(result)) {
            log.info(Origin.run(runId), "lease.operation", "action", action, "outcome", result);
        } else if (!ROUTINE.contains(result)) {
            log.warning(Origin.run(runId), "lease.operation", "action", action, "outcome", result);
        }
    }

    public void cycle(int scannedRuns, int resumedRuns, int failedRuns, int skippedRuns) {
        cycle.inc();
        scanned.observe(scannedRuns);
        resumedPerCycle.observe(resumedRuns);
        failedPerCycle.observe(failedRuns);
        skipped.observe(skippedRuns);
    }

    public void resumed(String runId) {
        resumed.inc();
        log.warning(Origin.run(runId), "janitor.recovery", "outcome", "resumed", "reason_class", "lease_expired");
    }

    public void failed(String runId, String reasonClass) {
        failed.labelValues(reasonClass).inc();
        log.warning(Origin.run(runId), "janitor.recovery", "outcome", "failed", "reason_class", reasonClass);
    }
}
