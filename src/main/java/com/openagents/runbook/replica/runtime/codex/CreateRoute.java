package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.codex.Workers.NewWorker;
import com.openagents.runbook.replica.runtime.http.Changeset;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Principal;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Creates a worker, or attaches to one that exists. */
final class CreateRoute {
    private static final int SHORTEST_ID = 3;
    private static final int LONGEST_ID = 160;

    private final Workers workers;
    private final AtomicLong nextId = new AtomicLong(System.currentTimeMillis());

    CreateRoute(Workers workers) {
        this.workers = workers;
    }

    Response handle(Request request) throws SQLException {
        var principal = Principal.ofWorker(request);
        var wanted = parse(request.body(), principal);
        var existing = workers.find(wanted.workerId());
        if (existing.isEmpty()) {
            workers.insert(wanted, principal);
            return answer(202, wanted.workerId(), "running", 0, false);
        }
        var worker = existing.get();
        if (!principal.owns(worker.ownerUserId(), worker.ownerGuestScope())) {
            throw HttpError.forbidden("worker does not belong to principal");
        }
        if (worker.isRunning()) {
            return answer(200, worker.workerId(), worker.status(), worker.latestSeq(), true);
        }
        workers.changeStatus(worker.workerId(), "running", "worker.started", Map.of("reason", "reattach"));
        return answer(202, worker.workerId(), "running", worker.latestSeq(), false);
    }

    private static Response answer(int status, String workerId, String workerStatus, long latestSeq, boolean replay) {
        var data = Json.object(
                "workerId", workerId, "status", workerStatus, "latestSeq", latestSeq, "idempotentReplay", replay);
        return Response.json(status, Json.object("data", data));
    }

    private NewWorker parse(Map<String, Object> body, Principal principal) {
        var changes = new Changeset();
        var given = changes.text("worker_id", body.get("worker_id"));
        var workerId = given == null ? "codexw_" + nextId.incrementAndGet() : given;
        checkId(changes, workerId);
        if (principal.userId().isPresent() && principal.guestScope().isPresent()) {
            changes.error("owner_guest_scope", "must be blank when owner_user_id is set", "");
        }
        var workspace = changes.text("workspace_ref", body.get("workspace_ref"));
        var home = changes.text("codex_home_ref", body.get("codex_home_ref"));
        var adapter = changes.text("adapter", body.get("adapter"));
        changes.check();
        return new NewWorker(workerId, workspace, home, adapter == null ? "in_memory" : adapter, metadata(body));
    }

    private static void checkId(Changeset changes, String workerId) {
        if (!workerId.matches("[a-zA-Z0-9._:-]+")) {
            changes.error("worker_id", "has invalid format", "validation: :format");
        }
        var size = ", validation: :length, kind: :";
        if (workerId.length() < SHORTEST_ID) {
            changes.error(
                    "worker_id",
                    "should be at least %{count} character(s)",
                    "count: " + SHORTEST_ID + size + "min, type: :string");
        }
        if (workerId.length() > LONGEST_ID) {
            changes.error(
                    "worker_id",
                    "should be at most %{count} character(s)",
                    "count: " + LONGEST_ID + size + "max, type: :string");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> body) {
        var value = body.get("metadata");
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalStateException("metadata is not a map");
    }
}
