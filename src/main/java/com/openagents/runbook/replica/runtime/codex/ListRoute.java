package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Principal;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Checkpoints;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Lists the workers of a principal, each with the state of its projection. */
final class ListRoute {
    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 200;
    private static final int LONGEST_WORKSPACE = 255;

    private final Workers workers;
    private final Checkpoints checkpoints;
    private final InstantSource clock;
    private final long staleAfterMillis;

    ListRoute(Workers workers, Checkpoints checkpoints, InstantSource clock, long staleAfterMillis) {
        this.workers = workers;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.staleAfterMillis = staleAfterMillis;
    }

    Response handle(Request request) throws SQLException {
        var principal = Principal.ofWorker(request);
        int limit = limit(request.query());
        var status = trimmed(request.query(), "status");
        if (status.isPresent() && !Worker.STATUSES.contains(status.get())) {
            throw HttpError.invalidRequest("status must be one of: " + String.join(", ", Worker.STATUSES));
        }
        var workspace = trimmed(request.query(), "workspace_ref");
        if (workspace.isPresent() && workspace.get().length() > LONGEST_WORKSPACE) {
            throw HttpError.invalidRequest("workspace_ref must be <= 255 chars");
        }
        var data = new ArrayList<Map<String, Object>>();
        for (var worker : workers.list(principal, status, workspace, limit)) {
            var item = worker.snapshot(clock.instant(), staleAfterMillis);
            item.put("khala_projection", checkpoints.describe(worker.workerId(), worker.latestSeq()));
            data.add(item);
        }
        return Response.json(200, Json.object("data", data));
    }

    private static int limit(Map<String, String> query) {
        var text = query.get("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // The same answer as for a number out of range.
        }
        throw HttpError.invalidRequest("limit must be an integer between 1 and 200");
    }

    private static Optional<String> trimmed(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name)).map(String::trim).filter(text -> !text.isEmpty());
    }
}
