package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;

/** What the executor does. */
public final class RunMetrics {
    private final Counter frameProcessed;
    private final Counter terminal;
    private final Counter runStarted;
    private final Counter runOnce;
    private final Summary runOnceDuration;
    private final Counter notified;
    private final Summary queueLength;
    private final Summary reductions;

    public RunMetrics(Metrics metrics) {
        frameProcessed = metrics.counter("openagents_runtime_executor_frame_processed", "frame_type", "duplicate");
        terminal = metrics.counter("openagents_runtime_executor_terminal", "status", "reason_class");
        runStarted = metrics.counter("openagents_runtime_executor_run_started", "status");
        runOnce = metrics.counter("openagents_runtime_executor_run_once", "result", "reason_class");
        runOnceDuration = metrics.summary("openagents_runtime_executor_run_once_duration_ms", "result", "reason_class");
        runOnceDuration.initLabelValues("ok", "completed");
        notified = metrics.counter("openagents_runtime_run_events_notify");
        queueLength = metrics.summary("openagents_runtime_agent_process_stats_message_queue_len", "event");
        reductions = metrics.summary("openagents_runtime_agent_process_stats_reductions", "event");
    }

    public void frameProcessed(String frameType, boolean duplicate) {
        frameProcessed.labelValues(frameType, String.valueOf(duplicate)).inc();
    }

    public void terminal(String status, String reasonClass) {
        terminal.labelValues(status, reasonClass).inc();
    }

    public void runStarted() {
        runStarted.labelValues("running").inc();
    }

    public void runOnce(boolean ok, String reasonClass, long millis) {
        var result = ok ? "ok" : "error";
        runOnce.labelValues(result, reasonClass).inc();
        runOnceDuration.labelValues(result, reasonClass).observe(millis);
    }

    public void notified() {
        notified.inc();
    }

    /** @param waiting triggers that wait for this run's process */
    public void processStats(String event, int waiting, long executions) {
        queueLength.labelValues(event).observe(waiting);
        reductions.labelValues(event).observe(executions);
    }
}
