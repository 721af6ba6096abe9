package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Principal;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a client does with a worker: requests, events, stop. The adapter keeps its state in memory, per pod. */
final class SessionRoutes {
    private final Workers workers;
    private final Map<String, AtomicLong> requestCounts = new ConcurrentHashMap<>();
    private final AtomicLong nextRequest = new AtomicLong(System.currentTimeMillis());

    SessionRoutes(Workers workers) {
        this.workers = workers;
    }

    Response request(Request request) throws SQLException {
        var principal = Principal.ofWorker(request);
        var call = nested(request.body(), "request");
        if (!(call.get("method") instanceof String method) || method.isBlank()) {
            throw HttpError.invalidRequest("request.method is required");
        }
        var worker = running(request, principal);
        var requestId = requestId(call);
        var params = call.get("params") == null ? Map.of() : call.get("params");
        workers.append(
                worker.workerId(),
                "worker.request.received",
                Json.object("request_id", requestId, "method", method, "params", params));
        long count = requestCounts
                .computeIfAbsent(worker.workerId(), id -> new AtomicLong())
                .incrementAndGet();
        var result = Json.object("status", "accepted", "method", method, "echo", params, "request_count", count);
        var response = Json.object("id", requestId, "jsonrpc", "2.0", "result", result);
        workers.append(
                worker.workerId(),
                "worker.response",
                Json.object("request_id", requestId, "method", method, "ok", true, "response", response));
        return data(
                200,
                Json.object("worker_id", worker.workerId(), "request_id", requestId, "ok", true, "response", response));
    }

    Response event(Request request) throws SQLException {
        var principal = Principal.ofWorker(request);
        var event = nested(request.body(), "event");
        var type = first(event, "event_type", "type", "eventType");
        if (!(type instanceof String eventType) || !eventType.startsWith("worker.")) {
            throw HttpError.invalidRequest("event.event_type must start with worker.");
        }
        var worker = running(request, principal);
        return data(
                202,
                workers.append(worker.workerId(), eventType, object(event.get("payload")))
                        .ingested());
    }

    Response stop(Request request) throws SQLException {
        var worker = workers.authorize(request.pathParam("worker_id"), Principal.ofWorker(request));
        boolean replay = worker.status().equals("stopped");
        if (!replay) {
            var reason = request.body().get("reason") instanceof String text ? text : "stop_requested";
            workers.changeStatus(worker.workerId(), "stopped", "worker.stopped", Map.of("reason", reason));
            requestCounts.remove(worker.workerId());
        }
        return data(
                replay ? 200 : 202,
                Json.object("worker_id", worker.workerId(), "status", "stopped", "idempotent_replay", replay));
    }

    private Worker running(Request request, Principal principal) throws SQLException {
        var worker = workers.authorize(request.pathParam("worker_id"), principal);
        if (worker.status().equals("stopped")) {
            throw HttpError.conflict("worker is stopped; create or reattach to resume");
        }
        if (!worker.isRunning()) {
            throw HttpError.conflict("worker is not running");
        }
        return worker;
    }

    private String requestId(Map<String, Object> call) {
        var given = first(call, "request_id", "id");
        return given == null ? "req_" + nextRequest.incrementAndGet() : given.toString();
    }

    private static Response data(int status, Map<String, Object> data) {
        return Response.json(status, Json.object("data", data));
    }

    /** The object under the key, or the body itself. */
    private static Map<String, Object> nested(Map<String, Object> body, String key) {
        return body.get(key) instanceof Map<?, ?> ? object(body.get(key)) : body;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Object first(Map<String, Object> map, String... keys) {
        for (var key : keys) {
            if (map.get(key) != null) {
                return map.get(key);
            }
        }
        return null;
    }
}
