package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.jobs.Jobs;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.KhalaMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.time.Duration;
import java.time.InstantSource;

/** The journal and the projector of a process, and its retention and parity jobs. */
public final class SyncJobs {
    private final InstantSource clock = InstantSource.system();
    private final RuntimeConfig config;
    private final Database database;
    private final Journal journal;
    private final Projector projector;
    private final Reprojection reprojection;

    public SyncJobs(RuntimeConfig config, Database database, KhalaMetrics metrics, Log log) {
        this.config = config;
        this.database = database;
        var variables = config.variables();
        boolean pointers =
                variables.setting("KHALA_SYNC_STREAM_PAYLOAD_MODE", "inline").equals("pointer");
        journal = new Journal(database, clock, config.listener().nodeName(), pointers);
        var sink = config.faults().has(ProcessFaults.NOOP_SINK) ? Sink.noop() : new ReadModelSink(journal, clock);
        var version = variables.setting("KHALA_PROJECTION_VERSION", "khala_summary_v1");
        boolean beforeStatus = config.faults().has(ProcessFaults.SUMMARY_BEFORE_STATUS);
        projector = new Projector(database, sink, version, metrics, clock, beforeStatus, log);
        reprojection =
                new Reprojection(database, projector, metrics, config.listener().nodeName(), log);
    }

    public Journal journal() {
        return journal;
    }

    public Projector projector() {
        return projector;
    }

    public Reprojection reprojection() {
        return reprojection;
    }

    /** Starts retention, and parity if it is enabled. */
    public void start(Jobs jobs, SyncMetrics syncMetrics, ToolMetrics failures) {
        var variables = config.variables();
        var retention = new Retention(
                database,
                Duration.ofSeconds(variables.setting("KHALA_SYNC_RETENTION_HORIZON_SECONDS", 86_400)),
                (int) variables.setting("KHALA_SYNC_RETENTION_BATCH_SIZE", 5_000),
                clock);
        jobs.every(
                variables.setting("KHALA_SYNC_RETENTION_INTERVAL_MS", 60_000), "Sync.RetentionJob", retention::cycle);
        if (variables.setting("KHALA_SYNC_PARITY_ENABLED", "false").equals("true")) {
            int sample = (int) variables.setting("KHALA_SYNC_PARITY_SAMPLE_SIZE", 200);
            var auditor = new ParityAuditor(database, sample, syncMetrics.parity(), failures);
            jobs.every(
                    variables.setting("KHALA_SYNC_PARITY_INTERVAL_MS", 30_000), "Sync.ParityAuditor", auditor::cycle);
        }
    }
}
