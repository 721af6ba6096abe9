package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.List;

/** Sync sockets, replay, and the parity auditor. */
public final class SyncMetrics {
    private final TelemetryLog log;
    private final Counter auth;
    private final Counter connection;
    private final Gauge active;
    private final Counter heartbeat;
    private final Counter reconnect;
    private final Counter timeout;
    private final Summary lag;
    private final Summary catchup;
    private final Parity parity;

    public SyncMetrics(Metrics metrics) {
        log = metrics.log();
        auth = metrics.counter("openagents_runtime_sync_socket_auth", "status", "reason_class");
        connection = metrics.counter("openagents_runtime_sync_socket_connection", "action", "status");
        active = metrics.gauge("openagents_runtime_sync_socket_connection_active", "action", "status");
        heartbeat = metrics.counter("openagents_runtime_sync_socket_heartbeat", "status");
        reconnect = metrics.counter("openagents_runtime_sync_socket_reconnect", "status");
        timeout = metrics.counter("openagents_runtime_sync_socket_timeout", "status");
        lag = metrics.summary("openagents_runtime_sync_replay_lag_events", "event_type", "status");
        catchup = metrics.summary("openagents_runtime_sync_replay_catchup_duration_ms", "status");
        parity = new Parity(metrics);
        startAtZero();
    }

    private void startAtZero() {
        auth.initLabelValues("ok", "authorized");
        List.of("unknown_kid", "claim_mismatch", "token_expired", "missing_token")
                .forEach(reason -> auth.initLabelValues("error", reason));
        timeout.initLabelValues("timeout");
        reconnect.initLabelValues("ok");
        List.of("ok", "stale_cursor").forEach(catchup::initLabelValues);
    }

    public void auth(boolean ok, String reasonClass) {
        auth.labelValues(ok ? "ok" : "error", reasonClass).inc();
        if (!ok) {
            log.warning(Origin.UNKNOWN, "sync.auth", "outcome", "rejected", "reason_class", reasonClass);
        }
    }

    public void connection(String action, String status, long nowActive) {
        connection.labelValues(action, status).inc();
        active.labelValues(action, status).set(nowActive);
    }

    public void heartbeat(String side) {
        heartbeat.labelValues(side).inc();
    }

    public void reconnected() {
        reconnect.labelValues("ok").inc();
    }

    public void timedOut() {
        timeout.labelValues("timeout").inc();
        log.warning(Origin.UNKNOWN, "sync.heartbeat", "outcome", "timeout", "reason_class", "heartbeat_timeout");
    }

    public void replayed(String topic, long lagEvents) {
        lag.labelValues(topic, lagEvents == 0 ? "caught_up" : "lagging").observe(lagEvents);
    }

    public void caughtUp(String status, long millis) {
        catchup.labelValues(status).observe(millis);
        if (status.equals("stale_cursor")) {
            log.warning(Origin.UNKNOWN, "sync.cursor", "outcome", status, "reason_class", "retention_floor");
        }
    }

    public Parity parity() {
        return parity;
    }

    /** What the parity auditor found; without series until it ran. */
    public static final class Parity {
        private final Counter cycle;
        private final Summary sampled;
        private final Summary mismatches;
        private final Summary rate;
        private final Summary largest;
        private final Summary average;
        private final Counter entity;
        private final Summary drift;

        Parity(Metrics metrics) {
            cycle = metrics.counter("openagents_runtime_sync_parity_cycle", "status");
            sampled = metrics.summary("openagents_runtime_sync_parity_cycle_sampled", "status");
            mismatches = metrics.summary("openagents_runtime_sync_parity_cycle_mismatches", "status");
            rate = metrics.summary("openagents_runtime_sync_parity_cycle_mismatch_rate", "status");
            largest = metrics.summary("openagents_runtime_sync_parity_cycle_max_abs_lag_drift", "status");
            average = metrics.summary("openagents_runtime_sync_parity_cycle_avg_abs_lag_drift", "status");
            entity = metrics.counter("openagents_runtime_sync_parity_entity", "status", "reason_class", "event_type");
            drift = metrics.summary(
                    "openagents_runtime_sync_parity_entity_abs_lag_drift", "status", "reason_class", "event_type");
        }

        public void cycle(String status, long sampledCount, long mismatchCount, long maxDrift, double averageDrift) {
            cycle.labelValues(status).inc();
            sampled.labelValues(status).observe(sampledCount);
            mismatches.labelValues(status).observe(mismatchCount);
            rate.labelValues(status).observe(sampledCount == 0 ? 0 : (double) mismatchCount / sampledCount);
            largest.labelValues(status).observe(maxDrift);
            average.labelValues(status).observe(averageDrift);
        }

        public void entity(String status, String reasonClass, String topic, long absoluteDrift) {
            entity.labelValues(status, reasonClass, topic).inc();
            drift.labelValues(status, reasonClass, topic).observe(absoluteDrift);
        }
    }
}
