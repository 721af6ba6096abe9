package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.execution.Ending.Terminal;
import com.openagents.runbook.replica.runtime.execution.Leases.Result;
import com.openagents.runbook.replica.runtime.runs.Frames;
import com.openagents.runbook.replica.runtime.runs.Frames.Frame;
import com.openagents.runbook.replica.runtime.runs.Run;
import com.openagents.runbook.replica.runtime.telemetry.RunMetrics;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Works off the pending frames of one run while holding its lease (contract 7.2). */
final class Executor {
    private final Database database;
    private final Leases leases;
    private final RunEvents events;
    private final FrameProcessor processor;
    private final ToolFrames tools;
    private final Ending ending;
    private final RunMetrics metrics;
    private final Labels labels;
    private final InstantSource clock;
    private final boolean keepsLease;
    private final boolean leavesTools;

    Executor(
            Parts parts,
            RunMetrics metrics,
            Labels labels,
            InstantSource clock,
            boolean keepsLease,
            boolean leavesTools) {
        this.database = parts.database();
        this.leases = parts.leases();
        this.events = parts.events();
        this.processor = parts.processor();
        this.tools = parts.tools();
        this.ending = parts.ending();
        this.metrics = metrics;
        this.labels = labels;
        this.clock = clock;
        this.keepsLease = keepsLease;
        this.leavesTools = leavesTools;
    }

    /** One execution; returns whether the run could be worked on. */
    Outcome runOnce(String runId, String owner) throws SQLException {
        long startedAt = System.nanoTime();
        try {
            var outcome = execute(runId, owner);
            metrics.runOnce(outcome.ok(), outcome.reasonClass(), millisSince(startedAt));
            return outcome;
        } catch (SQLException | RuntimeException crash) {
            metrics.runOnce(false, "exception", millisSince(startedAt));
            throw crash;
        }
    }

    private Outcome execute(String runId, String owner) throws SQLException {
        var run = database.query(sql -> Run.find(sql, runId));
        if (run.isEmpty()) {
            return new Outcome(false, "run_not_found");
        }
        var lease = leases.acquire(runId, owner, run.get().latestSeq());
        if (!lease.isHeld()) {
            return new Outcome(false, lease.word());
        }
        try {
            return workOff(runId, owner);
        } finally {
            if (!keepsLease) {
                leases.release(runId, owner);
            }
        }
    }

    private Outcome workOff(String runId, String owner) throws SQLException {
        database.transaction(sql -> markStarted(sql, runId));
        while (true) {
            var step = database.transaction(sql -> step(sql, runId));
            events.committed(runId);
            if (step.terminal() != null) {
                metrics.terminal(
                        step.terminal().status(),
                        labels.reasonClass(step.terminal().reasonClass()));
                return new Outcome(true, labels.reasonClass(step.terminal().reasonClass()));
            }
            if (step.idle()) {
                return new Outcome(true, "none");
            }
            if (step.call() != null) {
                tools.work(runId, step.call(), () -> leases.renew(runId, owner) == Result.OK);
            }
            if (leases.renew(runId, owner) != Result.OK) {
                return new Outcome(false, "not_owner");
            }
            long seq = step.call() == null ? step.seq() : processed(runId, step.call());
            leases.markProgress(runId, owner, seq);
        }
    }

    private long processed(String runId, Frame frame) throws SQLException {
        return database.query(sql -> advance(sql, runId, frame));
    }

    private static long advance(Sql sql, String runId, Frame frame) throws SQLException {
        return sql.number(
                "UPDATE runtime.runs SET last_processed_frame_id = ? WHERE run_id = ? RETURNING latest_seq",
                frame.id(),
                runId);
    }

    private Void markStarted(Sql sql, String runId) throws SQLException {
        int started = sql.update(
                "UPDATE runtime.runs SET status = 'running', updated_at = ? WHERE run_id = ? AND status = 'created'",
                clock.instant(),
                runId);
        if (started == 1) {
            events.append(sql, runId, "run.started", Map.of());
            metrics.runStarted();
        }
        return null;
    }

    private Step step(Sql sql, String runId) throws SQLException {
        var run = Run.lock(sql, runId).orElseThrow();
        if (run.isTerminal()) {
            return Step.nothing(run.latestSeq());
        }
        if (run.status().equals("canceling")) {
            return new Step(cancel(sql, runId), false, run.latestSeq(), null);
        }
        var frame = Frames.next(sql, runId, run.lastProcessedFrameId());
        if (frame.isEmpty()) {
            return Step.nothing(run.latestSeq());
        }
        var outcome = processor.process(sql, runId, frame.get());
        metrics.frameProcessed(labels.frameType(frame.get().type()), outcome.duplicate());
        if (outcome.deferred()) {
            return new Step(null, false, run.latestSeq(), frame.get());
        }
        return new Step(outcome.terminal().orElse(null), false, advance(sql, runId, frame.get()), null);
    }

    /** Carries out a cancel request: the latest reason counts, and no tool task stays open (contract 7.7). */
    private Terminal cancel(Sql sql, String runId) throws SQLException {
        var reason = sql.find(
                        "SELECT payload->>'reason' AS reason FROM runtime.run_events WHERE run_id = ?"
                                + " AND event_type = 'run.cancel_requested' ORDER BY seq DESC LIMIT 1",
                        row -> row.text("reason") == null ? "" : row.text("reason"),
                        runId)
                .filter(text -> !text.isEmpty())
                .orElse("cancel requested");
        var terminal = new Terminal("canceled", "cancel_requested", reason);
        ending.finish(sql, runId, terminal, Map.of());
        if (leavesTools) {
            return terminal;
        }
        var now = clock.instant();
        sql.update(
                "UPDATE runtime.tool_tasks SET state = 'canceled', canceled_at = ?, updated_at = ?"
                        + " WHERE run_id = ? AND state IN ('queued', 'running', 'streaming')",
                now,
                now,
                runId);
        return terminal;
    }

    private static long millisSince(long startedAt) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    }

    /** What an execution is made of. */
    record Parts(
            Database database,
            Leases leases,
            RunEvents events,
            FrameProcessor processor,
            ToolFrames tools,
            Ending ending) {}

    /** @param reasonClass why the run ended, {@code none} if it did not, or what was in the way */
    record Outcome(boolean ok, String reasonClass) {}

    /** @param call the frame whose tool is to be called, or null */
    private record Step(Terminal terminal, boolean idle, long seq, Frame call) {
        static Step nothing(long seq) {
            return new Step(null, true, seq, null);
        }
    }
}
