package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.List;

/** Leases and the janitor. */
public final class LeaseMetrics {
    private final Counter operation;
    private final Counter cycle;
    private final Summary scanned;
    private final Summary resumedPerCycle;
    private final Summary failedPerCycle;
    private final Summary skipped;
    private final Counter resumed;
    private final Counter failed;

    public LeaseMetrics(Metrics metrics) {
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

    public void operation(String action, String result) {
        operation.labelValues(action, result).inc();
    }

    public void cycle(int scannedRuns, int resumedRuns, int failedRuns, int skippedRuns) {
        cycle.inc();
        scanned.observe(scannedRuns);
        resumedPerCycle.observe(resumedRuns);
        failedPerCycle.observe(failedRuns);
        skipped.observe(skippedRuns);
    }

    public void resumed() {
        resumed.inc();
    }

    public void failed(String reasonClass) {
        failed.labelValues(reasonClass).inc();
    }
}
