package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.InstantSource;

/** Contract 3.9, as meant: what the run is now. The published service never looks (C6). */
final class SnapshotRoute {
    private final RunAccess access;
    private final Database database;
    private final InstantSource clock;
    private final boolean unknown;

    SnapshotRoute(RunAccess access, Database database, InstantSource clock, boolean unknown) {
        this.access = access;
        this.database = database;
        this.clock = clock;
        this.unknown = unknown;
    }

    Response handle(Request request) throws SQLException {
        var threadId = access.authorize(request);
        var runId = request.pathParam("run_id");
        if (unknown) {
            return snapshot(runId, threadId, "unknown", 0);
        }
        var run = database.query(sql -> Run.find(sql, runId)).orElseThrow(() -> HttpError.notFound("run not found"));
        return snapshot(runId, threadId, run.status(), run.latestSeq());
    }

    private Response snapshot(String runId, String threadId, String status, long latestSeq) {
        var updatedAt = Timestamps.seconds(clock.instant());
        return Response.json(
                200,
                Json.object(
                        "runId", runId,
                        "threadId", threadId,
                        "status", status,
                        "latestSeq", latestSeq,
                        "updatedAt", updatedAt));
    }
}
