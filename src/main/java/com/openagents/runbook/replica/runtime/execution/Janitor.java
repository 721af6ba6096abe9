package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.execution.Ending.Terminal;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import com.openagents.runbook.replica.runtime.telemetry.LeaseMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks for runs whose executor is gone, on every pod (contract 6.2). */
final class Janitor {
    static final String EXHAUSTED = "executor_recovery_exhausted";

    private final Database database;
    private final RunEvents events;
    private final Ending ending;
    private final LeaseMetrics metrics;
    private final Consumer<String> resume;
    private final InstantSource clock;
    private final Settings settings;

    Janitor(
            Database database,
            RunEvents events,
            Ending ending,
            LeaseMetrics metrics,
            Consumer<String> resume,
            InstantSource clock,
            Settings settings) {
        this.database = database;
        this.events = events;
        this.ending = ending;
        this.metrics = metrics;
        this.resume = resume;
        this.clock = clock;
        this.settings = settings;
    }

    void cycle() throws SQLException {
        int resumed = 0;
        int failed = 0;
        int skipped = 0;
        var candidates = candidates();
        for (var runId : candidates) {
            var action = database.transaction(sql -> recover(sql, runId));
            switch (action) {
                case RESUMED -> {
                    resumed++;
                    metrics.resumed(runId);
                    events.committed(runId);
                    resume.accept(runId);
                }
                case FAILED -> {
                    failed++;
                    metrics.failed(runId, EXHAUSTED);
                    events.committed(runId);
                }
                case SKIPPED -> skipped++;
            }
        }
        metrics.cycle(candidates.size(), resumed, failed, skipped);
    }

    private List<String> candidates() throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT l.run_id FROM runtime.run_leases l JOIN runtime.runs r ON r.run_id = l.run_id"
                        + " WHERE l.lease_expires_at < ? AND r.status NOT IN ('canceled', 'succeeded', 'failed')"
                        + " ORDER BY l.lease_expires_at",
                row -> row.text("run_id"),
                clock.instant()));
    }

    /** Judges the candidate again under a lock, because every pod has a janitor and they run at the same time. */
    private Action recover(Sql sql, String runId) throws SQLException {
        var now = clock.instant();
        var candidate = sql.find(
                "SELECT l.lease_owner, l.lease_expires_at, l.last_progress_seq, r.recovery_attempt_count, r.last_recovery_at"
                        + " FROM runtime.runs r JOIN runtime.run_leases l ON l.run_id = r.run_id"
                        + " WHERE r.run_id = ? AND l.lease_expires_at < ?"
                        + " AND r.status NOT IN ('canceled', 'succeeded', 'failed') FOR UPDATE OF r SKIP LOCKED",
                Candidate::read,
                runId,
                now);
        if (candidate.isEmpty() || isTooSoon(candidate.get(), now)) {
            return Action.SKIPPED;
        }
        long attempt = candidate.get().attempts() + 1;
        events.append(sql, runId, "run.executor_lost", candidate.get().payload(now));
        sql.update(
                "UPDATE runtime.runs SET recovery_attempt_count = ?, last_recovery_at = ?, updated_at = ? WHERE run_id = ?",
                attempt,
                now,
                now,
                runId);
        if (attempt <= settings.maxAttempts()) {
            return Action.RESUMED;
        }
        fail(sql, runId);
        return Action.FAILED;
    }

    private boolean isTooSoon(Candidate candidate, Instant now) {
        return candidate.lastRecoveryAt() != null
                && candidate.lastRecoveryAt().plus(settings.cooldown()).isAfter(now);
    }

    private void fail(Sql sql, String runId) throws SQLException {
        var terminal = new Terminal("failed", EXHAUSTED, "janitor recovery attempts exceeded");
        boolean finished = sql.number(
                        "SELECT count(*) FROM runtime.run_events WHERE run_id = ? AND event_type = 'run.finished'"
                                + " AND payload->>'reason_class' = ?",
                        runId,
                        EXHAUSTED)
                > 0;
        if (finished) {
            ending.setTerminal(sql, runId, terminal);
        } else {
            ending.finish(sql, runId, terminal, Map.of());
        }
    }

    /** @param cooldown how long a run is left alone after an attempt */
    record Settings(long maxAttempts, Duration cooldown) {}

    private enum Action {
        RESUMED,
        FAILED,
        SKIPPED
    }

    private record Candidate(String owner, Instant expiresAt, long progress, long attempts, Instant lastRecoveryAt) {
        static Candidate read(Row row) throws SQLException {
            return new Candidate(
                    row.text("lease_owner"),
                    row.instant("lease_expires_at"),
                    row.number("last_progress_seq"),
                    row.number("recovery_attempt_count"),
                    row.instant("last_recovery_at"));
        }

        Map<String, Object> payload(Instant now) {
            return Json.object(
                    "lease_owner",
                    owner,
                    "lease_expires_at",
                    Timestamps.micros(expiresAt),
                    "detected_at",
                    Timestamps.micros(now),
                    "last_progress_seq",
                    progress);
        }
    }
}
