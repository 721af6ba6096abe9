package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.KhalaMetrics;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Makes the document of a run again (contract 10.3). The published command does so in a process that ends before anybody
 * scrapes it; here a pod is asked through the database, so its metrics tell.
 */
public final class Reprojection {
    /** The payload is {@code {"node": "runtime@10.0.0.1", "run_id": "r"}}. */
    public static final String CHANNEL = "runtime_khala_reproject";

    private static final String SCOPE = "run";

    private final Database database;
    private final Projector projector;
    private final KhalaMetrics metrics;
    private final String node;
    private final Log log;

    Reprojection(Database database, Projector projector, KhalaMetrics metrics, String node, Log log) {
        this.database = database;
        this.projector = projector;
        this.metrics = metrics;
        this.node = node;
        this.log = log;
    }

    /** Deletes the checkpoint and projects once, if the request is to this pod. */
    public void requested(String payload) {
        var request = Json.readObject(payload);
        if (node.equals(request.get("node"))) {
            rebuild(String.valueOf(request.get("run_id")));
        }
    }

    private void rebuild(String runId) {
        long startedAt = System.nanoTime();
        boolean ok = forget(runId) && projector.projectRun(runId);
        metrics.replayed(SCOPE, ok, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
        log.info("reproject scope=run entity=" + runId + " result=" + (ok ? "ok" : "error"));
    }

    private boolean forget(String runId) {
        try {
            database.query(sql -> sql.update(
                    "DELETE FROM runtime.khala_projection_checkpoints WHERE projection_name = ? AND entity_id = ?",
                    Summary.RUN,
                    runId));
            return true;
        } catch (SQLException refused) {
            log.error("khala reprojection failed: " + refused.getMessage());
            return false;
        }
    }
}
