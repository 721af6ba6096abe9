package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.RunMetrics;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Executes runs on this pod, one execution per run at a time. If another pod holds the lease, tries again until the
 * lease is free or nothing is left to do; the published service does not (C2).
 */
final class RunQueue {
    private static final long FIRST_RETRY_MILLIS = 50;
    private static final long LONGEST_RETRY_MILLIS = 1_000;

    private final Executor executor;
    private final PendingWork pending;
    private final Owners owners;
    private final ScheduledExecutorService threads;
    private final RunMetrics metrics;
    private final Log log;
    private final boolean retries;
    private final Map<String, RunProcess> processes = new ConcurrentHashMap<>();
    private final AtomicLong executions = new AtomicLong();

    RunQueue(
            Executor executor,
            PendingWork pending,
            Owners owners,
            ScheduledExecutorService threads,
            RunMetrics metrics,
            Log log,
            boolean retries) {
        this.executor = executor;
        this.pending = pending;
        this.owners = owners;
        this.threads = threads;
        this.metrics = metrics;
        this.log = log;
        this.retries = retries;
    }

    /** Asks for an execution and returns at once. */
    void trigger(String runId) {
        processes.compute(runId, (id, process) -> {
            if (process != null) {
                process.again = true;
                return process;
            }
            schedule(runId, 0, FIRST_RETRY_MILLIS);
            return new RunProcess();
        });
        metrics.processStats("trigger", processes.size(), executions.get());
    }

    private void schedule(String runId, long delay, long nextDelay) {
        try {
            threads.schedule(() -> run(runId, nextDelay), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            // Another pod, or this one after its restart, finds the frame in the database.
        }
    }

    private void run(String runId, long nextDelay) {
        processes.computeIfPresent(runId, (id, process) -> {
            process.again = false;
            return process;
        });
        boolean retry = false;
        try {
            executions.incrementAndGet();
            var outcome = executor.runOnce(runId, owners.next(runId));
            boolean held = outcome.reasonClass().startsWith("lease_");
            retry = held && retries && pending.exists(runId);
        } catch (SQLException | RuntimeException crash) {
            log.error("Task #PID<" + Thread.currentThread().getName() + "> started from " + runId + " terminating: "
                    + crash.getMessage());
        }
        finish(runId, retry, nextDelay);
    }

    private void finish(String runId, boolean retry, long nextDelay) {
        processes.computeIfPresent(runId, (id, process) -> {
            if (retry) {
                schedule(runId, nextDelay, Math.min(nextDelay * 2, LONGEST_RETRY_MILLIS));
                return process;
            }
            if (process.again) {
                schedule(runId, 0, FIRST_RETRY_MILLIS);
                return process;
            }
            return null;
        });
    }

    private static final class RunProcess {
        private boolean again;
    }
}
