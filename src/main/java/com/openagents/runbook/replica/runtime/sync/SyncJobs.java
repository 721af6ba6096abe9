package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.KhalaMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The journal and the projector of a process, and its retention and parity jobs. */
public final class SyncJobs {
    private final InstantSource clock = InstantSource.system();
    private final RuntimeConfig config;
    private final Database database;
    private final Log log;
    private final Journal journal;
    private final Projector projector;

    public SyncJobs(RuntimeConfig config, Database database, KhalaMetrics metrics, Log log) {
        this.config = config;
        this.database = database;
        this.log = log;
        var variables = config.variables();
        boolean pointers =
                variables.setting("KHALA_SYNC_STREAM_PAYLOAD_MODE", "inline").equals("pointer");
        journal = new Journal(database, clock, config.listener().nodeName(), pointers);
        var sink = config.faults().has(ProcessFaults.NOOP_SINK) ? Sink.noop() : new ReadModelSink(journal, clock);
        var version = variables.setting("KHALA_PROJECTION_VERSION", "khala_summary_v1");
        projector = new Projector(database, sink, version, metrics, clock, log);
    }

    public Journal journal() {
        return journal;
    }

    public Projector projector() {
        return projector;
    }

    /** Starts retention, and parity if it is enabled. */
    public void start(ScheduledExecutorService timer, SyncMetrics syncMetrics, ToolMetrics failures) {
        var variables = config.variables();
        var retention = new Retention(
                database,
                Duration.ofSeconds(variables.setting("KHALA_SYNC_RETENTION_HORIZON_SECONDS", 86_400)),
                (int) variables.setting("KHALA_SYNC_RETENTION_BATCH_SIZE", 5_000),
                clock);
        every(timer, variables.setting("KHALA_SYNC_RETENTION_INTERVAL_MS", 60_000), "RetentionJob", retention::cycle);
        if (variables.setting("KHALA_SYNC_PARITY_ENABLED", "false").equals("true")) {
            int sample = (int) variables.setting("KHALA_SYNC_PARITY_SAMPLE_SIZE", 200);
            var auditor = new ParityAuditor(database, sample, syncMetrics.parity(), failures);
            every(timer, variables.setting("KHALA_SYNC_PARITY_INTERVAL_MS", 30_000), "ParityAuditor", auditor::cycle);
        }
    }

    private void every(ScheduledExecutorService timer, long millis, String name, Job job) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        job.run();
                    } catch (SQLException | RuntimeException failure) {
                        log.error("GenServer OpenAgentsRuntime.Sync." + name + " terminating: " + failure.getMessage());
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private interface Job {
        void run() throws SQLException;
    }
}
