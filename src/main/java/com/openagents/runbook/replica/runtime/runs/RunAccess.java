package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Principal;
import com.openagents.runbook.replica.runtime.http.Request;
import java.sql.SQLException;

/** Whether the principal of a request may use the run it names (contract 3.4). */
final class RunAccess {
    private final Database database;

    RunAccess(Database database) {
        this.database = database;
    }

    /** Returns the thread id; throws the answer of the first check that fails. */
    String authorize(Request request) throws SQLException {
        if (!(request.param("thread_id") instanceof String threadId) || threadId.isEmpty()) {
            throw HttpError.invalidRequest("thread_id is required");
        }
        var principal = Principal.ofRun(request);
        var owned = database.query(sql -> sql.find(
                        "SELECT user_id, guest_scope FROM runtime.run_ownerships WHERE run_id = ? AND thread_id = ?",
                        row -> principal.owns(row.numberOrNull("user_id"), row.text("guest_scope")),
                        request.pathParam("run_id"),
                        threadId))
                .orElseThrow(() -> HttpError.notFound("run/thread ownership record not found"));
        if (!owned) {
            throw HttpError.forbidden("run/thread does not belong to principal");
        }
        return threadId;
    }
}
