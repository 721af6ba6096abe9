package com.openagents.runbook.replica.runtime.jobs;

import com.openagents.runbook.replica.runtime.logging.Log;
import java.sql.SQLException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Repeats jobs. A failed turn is logged, and the next one is a new attempt. */
public final class Jobs {
    private final ScheduledExecutorService timer;
    private final Log log;

    public Jobs(ScheduledExecutorService timer, Log log) {
        this.timer = timer;
        this.log = log;
    }

    /** @param name the process of the service that does the same, for the log */
    public void every(long millis, String name, Job job) {
        timer.scheduleWithFixedDelay(() -> run(name, job), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void run(String name, Job job) {
        try {
            job.run();
        } catch (SQLException | RuntimeException failure) {
            log.error("GenServer OpenAgentsRuntime." + name + " terminating: " + failure.getMessage());
        }
    }

    /** One turn. */
    @FunctionalInterface
    public interface Job {
        void run() throws SQLException;
    }
}
