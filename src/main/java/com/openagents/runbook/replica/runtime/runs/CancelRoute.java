package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Contract 3.10 and 7.7: asks for the end of a run; the executor carries it out. */
final class CancelRoute {
    private final RunAccess access;
    private final Database database;
    private final RunEvents events;
    private final InstantSource clock;
    private final Consumer<String> execute;

    CancelRoute(RunAccess access, Database database, RunEvents events, InstantSource clock, Consumer<String> execute) {
        this.access = access;
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.execute = execute;
    }

    Response handle(Request request) throws SQLException {
        access.authorize(request);
        var runId = request.pathParam("run_id");
        var reason = request.body().get("reason") instanceof String text ? text : "cancel requested";
        var answer = request(runId, reason);
        if (answer.requested()) {
            events.committed(runId);
        }
        if (answer.status().equals("canceling")) {
            execute.accept(runId);
        }
        return Response.json(
                answer.requested() ? 202 : 200,
                Json.object(
                        "runId",
                        runId,
                        "status",
                        answer.status(),
                        "cancelRequested",
                        true,
                        "idempotentReplay",
                        !answer.requested()));
    }

    private Answer request(String runId, String reason) {
        try {
            return database.transaction(sql -> {
                var run = Run.lock(sql, runId).orElseThrow(() -> HttpError.notFound("run not found"));
                return run.isTerminal() ? new Answer(run.status(), false) : request(sql, runId, reason);
            });
        } catch (SQLException refused) {
            throw new HttpError(500, "internal_error", "failed to enqueue cancel request");
        }
    }

    private Answer request(Sql sql, String runId, String reason) throws SQLException {
        boolean first = sql.number(
                        "SELECT count(*) FROM runtime.run_events WHERE run_id = ? AND event_type = 'run.cancel_requested'",
                        runId)
                == 0;
        if (first) {
            var now = clock.instant();
            sql.update("UPDATE runtime.runs SET status = 'canceling', updated_at = ? WHERE run_id = ?", now, runId);
            var payload = Json.object(
                    "reason", reason, "requested_by", "control_plane", "requested_at", Timestamps.micros(now));
            events.append(sql, runId, "run.cancel_requested", payload);
        }
        return new Answer("canceling", first);
    }

    private record Answer(String status, boolean requested) {}
}
