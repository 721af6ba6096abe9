package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.sync.Checkpoints.Checkpoint;
import com.openagents.runbook.replica.runtime.telemetry.KhalaMetrics;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Brings the document of a run or a worker up to date (contract 10.1). */
public final class Projector {
    private final Database database;
    private final Sink sink;
    private final String version;
    private final KhalaMetrics metrics;
    private final InstantSource clock;
    private final boolean beforeStatus;
    private final Log log;

    /** @param beforeStatus whether a run's document is made before its last status, as published (C8) */
    Projector(
            Database database,
            Sink sink,
            String version,
            KhalaMetrics metrics,
            InstantSource clock,
            boolean beforeStatus,
            Log log) {
        this.database = database;
        this.sink = sink;
        this.version = version;
        this.metrics = metrics;
        this.clock = clock;
        this.beforeStatus = beforeStatus;
        this.log = log;
    }

    /** Failures are counted and logged; the caller, whose event is committed already, is told whether there was none. */
    public boolean projectRun(String runId) {
        return project(Summary.RUN, (sql, now) -> {
            var summary = Summary.ofRun(sql, runId, version, now);
            return beforeStatus ? summary.map(Summary::beforeItsStatus) : summary;
        });
    }

    /** As {@link #projectRun}. */
    public void projectWorker(String workerId) {
        project(Summary.WORKER, (sql, now) -> Summary.ofWorker(sql, workerId, version, now));
    }

    private boolean project(String projection, Source source) {
        long startedAt = System.nanoTime();
        try {
            var outcome = database.transaction(sql -> write(sql, source));
            outcome.ifPresent(known -> report(projection, known, startedAt));
            return true;
        } catch (SQLException | RuntimeException failure) {
            metrics.written(projection, "error", millisSince(startedAt), 0);
            metrics.failed(projection, "sink_exception");
            log.error("khala projection write failed");
            return false;
        }
    }

    private void report(String projection, Outcome outcome, long startedAt) {
        metrics.written(projection, outcome.written() ? "ok" : "skipped", millisSince(startedAt), outcome.lag());
        if (outcome.drift() != null) {
            metrics.drifted(projection, outcome.drift());
            log.warning("khala projection drift detected");
        }
    }

    /** Two pods may project at once; the checkpoint's lock, and before the first one the entity's, puts them in order. */
    private Optional<Outcome> write(Sql sql, Source source) throws SQLException {
        var now = clock.instant();
        var first = source.read(sql, now);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        sql.find(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                row -> "",
                first.get().documentId());
        var summary = source.read(sql, now).orElse(first.get());
        var checkpoint = Checkpoints.lock(sql, summary.projection(), summary.entityId());
        var hash = summary.hash();
        var outcome = decide(checkpoint, summary, hash);
        if (outcome.written()) {
            sink.upsert(sql, summary);
            var done = new Checkpoint(summary.documentId(), summary.seq(), version, hash, now);
            Checkpoints.upsert(sql, summary.projection(), summary.entityId(), done);
        }
        return Optional.of(outcome);
    }

    private Outcome decide(Optional<Checkpoint> known, Summary summary, String hash) {
        if (known.isEmpty()) {
            return new Outcome(true, null, summary.seq());
        }
        var checkpoint = known.get();
        if (checkpoint.seq() > summary.seq()) {
            return new Outcome(false, "checkpoint_ahead", 0);
        }
        long lag = summary.seq() - checkpoint.seq();
        if (lag > 0) {
            return new Outcome(true, null, lag);
        }
        if (!checkpoint.version().equals(version)) {
            return new Outcome(true, "projection_version_changed", 0);
        }
        return checkpoint.hash().equals(hash)
                ? new Outcome(false, null, 0)
                : new Outcome(true, "summary_hash_mismatch", 0);
    }

    private static long millisSince(long startedAt) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    }

    /** Reads the entity as it is now. */
    private interface Source {
        Optional<Summary> read(Sql sql, Instant now) throws SQLException;
    }

    /** @param drift why the checkpoint does not fit, if it does not */
    private record Outcome(boolean written, String drift, long lag) {}
}
