package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.telemetry.LeaseMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Who may execute a run, agreed between pods in {@code runtime.run_leases} (contract 6.1). */
final class Leases {
    private final Database database;
    private final Duration ttl;
    private final InstantSource clock;
    private final LeaseMetrics metrics;

    Leases(Database database, Duration ttl, InstantSource clock, LeaseMetrics metrics) {
        this.database = database;
        this.ttl = ttl;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @param observedProgress the last seq of the run that the caller knows */
    Result acquire(String runId, String owner, long observedProgress) throws SQLException {
        var result = database.transaction(sql -> {
            var now = clock.instant();
            var held = find(sql, runId);
            if (held.isEmpty()) {
                return insert(sql, runId, owner, now) ? Result.ACQUIRED : Result.LEASE_HELD;
            }
            return take(sql, runId, owner, observedProgress, held.get(), now);
        });
        return counted(runId, "acquire", result);
    }

    /** Extends the lease of its owner, expired or not. */
    Result renew(String runId, String owner) throws SQLException {
        var result = database.transaction(sql -> {
            var refusal = refusal(find(sql, runId), owner);
            if (refusal.isEmpty()) {
                extend(sql, runId, owner, clock.instant());
            }
            return refusal.orElse(Result.OK);
        });
        return counted(runId, "renew", result);
    }

    /** Records how far the owner has come; a seq lower than the recorded one is refused. */
    Result markProgress(String runId, String owner, long seq) throws SQLException {
        var result = database.transaction(sql -> {
            var held = find(sql, runId);
            var refusal = refusal(held, owner);
            if (refusal.isPresent() || held.orElseThrow().progress() > seq) {
                return refusal.orElse(Result.NOT_OWNER);
            }
            var now = clock.instant();
            sql.update(
                    "UPDATE runtime.run_leases SET last_progress_seq = ?, heartbeat_at = ?, updated_at = ? WHERE run_id = ?",
                    seq,
                    now,
                    now,
                    runId);
            return Result.OK;
        });
        return counted(runId, "mark_progress", result);
    }

    /** Gives the lease back, so that another pod need not wait for its end. The published service cannot (C1). */
    void release(String runId, String owner) throws SQLException {
        database.query(
                sql -> sql.update("DELETE FROM runtime.run_leases WHERE run_id = ? AND lease_owner = ?", runId, owner));
    }

    private boolean insert(Sql sql, String runId, String owner, Instant now) throws SQLException {
        return sql.update(
                        "INSERT INTO runtime.run_leases (run_id, lease_owner, lease_expires_at, last_progress_seq,"
                                + " heartbeat_at, inserted_at, updated_at) VALUES (?, ?, ?, 0, ?, ?, ?)"
                                + " ON CONFLICT (run_id) DO NOTHING",
                        runId,
                        owner,
                        now.plus(ttl),
                        now,
                        now,
                        now)
                == 1;
    }

    private Result take(Sql sql, String runId, String owner, long observed, Lease held, Instant now)
            throws SQLException {
        if (held.owner().equals(owner)) {
            extend(sql, runId, owner, now);
            return Result.RENEWED;
        }
        if (held.expiresAt().isAfter(now)) {
            return Result.LEASE_HELD;
        }
        if (held.progress() > observed) {
            return Result.LEASE_PROGRESSED;
        }
        extend(sql, runId, owner, now);
        return Result.STOLEN;
    }

    private void extend(Sql sql, String runId, String owner, Instant now) throws SQLException {
        sql.update(
                "UPDATE runtime.run_leases SET lease_owner = ?, lease_expires_at = ?, heartbeat_at = ?, updated_at = ?"
                        + " WHERE run_id = ?",
                owner,
                now.plus(ttl),
                now,
                now,
                runId);
    }

    private static Optional<Result> refusal(Optional<Lease> held, String owner) {
        if (held.isEmpty()) {
            return Optional.of(Result.NOT_FOUND);
        }
        return held.get().owner().equals(owner) ? Optional.empty() : Optional.of(Result.NOT_OWNER);
    }

    private static Optional<Lease> find(Sql sql, String runId) throws SQLException {
        return sql.find("SELECT * FROM runtime.run_leases WHERE run_id = ? FOR UPDATE", Lease::read, runId);
    }

    private Result counted(String runId, String action, Result result) {
        metrics.operation(runId, action, result.word());
        return result;
    }

    private record Lease(String owner, Instant expiresAt, long progress) {
        static Lease read(Row row) throws SQLException {
            return new Lease(row.text("lease_owner"), row.instant("lease_expires_at"), row.number("last_progress_seq"));
        }
    }

    /** The result words of contract 6.1. */
    enum Result {
        ACQUIRED,
        RENEWED,
        STOLEN,
        LEASE_HELD,
        LEASE_PROGRESSED,
        OK,
        NOT_OWNER,
        NOT_FOUND;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean isHeld() {
            return this == ACQUIRED || this == RENEWED || this == STOLEN;
        }
    }
}
