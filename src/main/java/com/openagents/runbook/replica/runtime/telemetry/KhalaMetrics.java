package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.List;

/** The projector. */
public final class KhalaMetrics {
    private final Counter write;
    private final Summary duration;
    private final Summary lag;
    private final Counter failure;
    private final Counter drift;
    private final Counter replay;
    private final Summary replayDuration;

    public KhalaMetrics(Metrics metrics) {
        write = metrics.counter("openagents_runtime_khala_projection_write", "projection", "result");
        duration = metrics.summary("openagents_runtime_khala_projection_write_duration_ms", "projection", "result");
        lag = metrics.summary("openagents_runtime_khala_projection_lag_events", "projection", "result");
        failure = metrics.counter("openagents_runtime_khala_projection_write_failure", "projection", "reason_class");
        drift = metrics.counter("openagents_runtime_khala_projection_drift", "projection", "reason_class");
        replay = metrics.counter("openagents_runtime_khala_projection_replay", "scope", "result");
        replayDuration = metrics.summary("openagents_runtime_khala_projection_replay_duration_ms", "scope", "result");
        startAtZero();
    }

    private void startAtZero() {
        for (var projection : List.of("run_summary", "codex_worker_summary")) {
            List.of("ok", "skipped", "error").forEach(result -> write.initLabelValues(projection, result));
            lag.initLabelValues(projection, "ok");
            failure.initLabelValues(projection, "sink_exception");
            List.of("checkpoint_ahead", "projection_version_changed", "summary_hash_mismatch")
                    .forEach(reason -> drift.initLabelValues(projection, reason));
        }
        for (var scope : List.of("run", "codex_worker")) {
            List.of("ok", "error").forEach(result -> replay.initLabelValues(scope, result));
        }
    }

    public void written(String projection, String result, long millis, long lagEvents) {
        write.labelValues(projection, result).inc();
        duration.labelValues(projection, result).observe(millis);
        lag.labelValues(projection, result).observe(lagEvents);
    }

    public void failed(String projection, String reasonClass) {
        failure.labelValues(projection, reasonClass).inc();
    }

    public void drifted(String projection, String reasonClass) {
        drift.labelValues(projection, reasonClass).inc();
    }

    public void replayed(String scope, boolean ok, long millis) {
        var result = ok ? "ok" : "error";
        replay.labelValues(scope, result).inc();
        replayDuration.labelValues(scope, result).observe(millis);
    }
}
