package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.jobs.Jobs;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.LeaseMetrics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.RunMetrics;
import com.openagents.runbook.replica.runtime.tools.InFlightTools;
import com.openagents.runbook.replica.runtime.tools.ToolWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The execution of runs on this pod, janitor included. */
public final class Execution {
    private static final int THREADS = 8;
    private static final long STOP_SECONDS = 2;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, work -> {
        var thread = new Thread(work, "agent");
        thread.setDaemon(true);
        return thread;
    });
    private final InFlightTools inFlight = new InFlightTools();
    private final RunQueue queue;

    public Execution(
            RuntimeConfig config,
            Database database,
            RunEvents events,
            Metrics metrics,
            RunMetrics runMetrics,
            ToolWork toolWork,
            Log log) {
        var clock = InstantSource.system();
        var variables = config.variables();
        var faults = config.faults();
        var leaseMetrics = new LeaseMetrics(metrics);
        var ttl = Duration.ofMillis(variables.setting("LEASE_TTL_MS", 30_000));
        boolean perExecution = faults.has(ProcessFaults.FRAMES_WAIT_FOR_JANITOR);
        boolean keepsLease = perExecution || faults.has(ProcessFaults.IDLE_RUNS_FAIL);

        var ending = new Ending(events, clock, timesFinished(faults));
        var processor = new FrameProcessor(events, ending, faults.has(ProcessFaults.WARNING_LOOP_FAILS_RUN));
        var leases = new Leases(database, ttl, clock, leaseMetrics);
        var tools = new ToolFrames(
                toolWork.runner(inFlight), toolWork.toolbox(), variables.setting("TOOL_TIMEOUT_MS", 5_000), ttl);
        var parts = new Executor.Parts(database, leases, events, processor, tools, ending);
        var labels = new Labels(faults.has(ProcessFaults.CLIENT_TEXT_LABELS));
        var executor = new Executor(
                parts, runMetrics, labels, clock, keepsLease, faults.has(ProcessFaults.CANCEL_LEAVES_TOOLS));
        var owners = new Owners(config.listener().nodeName(), perExecution);
        var pending = new PendingWork(database);
        queue = new RunQueue(executor, pending, owners, threads, runMetrics, log, !perExecution);

        var settings = new Janitor.Settings(
                variables.setting("JANITOR_MAX_RECOVERY_ATTEMPTS", 3),
                Duration.ofMillis(variables.setting("JANITOR_RECOVERY_COOLDOWN_MS", 30_000)));
        var janitor = new Janitor(database, events, ending, leaseMetrics, this::trigger, clock, settings);
        new Jobs(threads, log).every(variables.setting("JANITOR_SCAN_INTERVAL_MS", 5_000), "Runs.Janitor", () -> {
            janitor.cycle();
            pending.abandoned().forEach(this::trigger);
        });
    }

    private static int timesFinished(RuntimeConfig.Faults faults) {
        if (faults.has(ProcessFaults.FINISH_LOST)) {
            return 0;
        }
        return faults.has(ProcessFaults.RUN_FINISHES_TWICE) ? 2 : 1;
    }

    /** Works on the run soon, on this pod. */
    public void trigger(String runId) {
        queue.trigger(runId);
    }

    /** Ends the tools of the run that work on this pod, and carries out its cancel request soon. */
    public void cancel(String runId) {
        inFlight.kill(runId);
        queue.trigger(runId);
    }

    /** Lets running executions end, for a short time. */
    public void stop() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
