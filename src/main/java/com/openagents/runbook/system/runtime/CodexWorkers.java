package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.Answer;
import java.util.Map;

/** Codex workers over the internal API (contract 3.11). The principal must be a user. */
public final class CodexWorkers {
    private static final String ROOT = "/codex/workers";

    private final RuntimeSystem runtime;

    CodexWorkers(RuntimeSystem runtime) {
        this.runtime = runtime;
    }

    /** @param worker the fields of the new worker; all are optional */
    public Answer create(Map<String, Object> worker) {
        return runtime.send(ApiRequest.post(ROOT, worker));
    }

    public Answer list() {
        return list(Map.of());
    }

    /** @param filter {@code status}, {@code workspace_ref}, {@code limit} */
    public Answer list(Map<String, String> filter) {
        var request = ApiRequest.get(ROOT);
        for (var pair : filter.entrySet()) {
            request = request.query(pair.getKey(), pair.getValue());
        }
        return runtime.send(request);
    }

    public Answer snapshot(String workerId) {
        return runtime.send(ApiRequest.get(path(workerId, "/snapshot")));
    }

    public Answer request(String workerId, String method, Map<String, Object> params) {
        var request = Map.of("method", method, "params", params);
        return runtime.send(ApiRequest.post(path(workerId, "/requests"), Map.of("request", request)));
    }

    /** @param type begins with {@code worker.} unless it is to be refused */
    public Answer event(String workerId, String type, Map<String, Object> payload) {
        var event = Map.of("event_type", type, "payload", payload);
        return runtime.send(ApiRequest.post(path(workerId, "/events"), Map.of("event", event)));
    }

    public Answer stop(String workerId, String reason) {
        return runtime.send(ApiRequest.post(path(workerId, "/stop"), Map.of("reason", reason)));
    }

    /** Opens the stream of the worker's events. Close it. */
    public RunStream stream(String workerId, StreamFrom from) {
        return runtime.open(ApiRequest.get(path(workerId, "/stream")), from);
    }

    private static String path(String workerId, String path) {
        return ROOT + "/" + ApiRequest.segment(workerId) + path;
    }
}
