package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run over the internal API. No endpoint creates runs (contract 3.4). */
public final class Run {
    private final RuntimeSystem runtime;
    private final String runId;
    private final String threadId;

    Run(RuntimeSystem runtime, String runId, String threadId) {
        this.runtime = runtime;
        this.runId = runId;
        this.threadId = threadId;
    }

    /** Contract 3.7. */
    public Answer frame(String frameId, String type, Map<String, Object> payload) {
        var body = body();
        body.put("frame_id", frameId);
        body.put("type", type);
        body.put("payload", payload);
        return frames(body);
    }

    /** A frame of any shape; the thread is not added. */
    public Answer frames(Map<String, Object> body) {
        return runtime.send(post("/frames", body));
    }

    /** Contract 3.10, with the runtime's own reason. */
    public Answer cancel() {
        return cancel(body());
    }

    public Answer cancel(String reason) {
        var body = body();
        body.put("reason", reason);
        return cancel(body);
    }

    /** A cancel request of any shape; the thread is not added. */
    public Answer cancel(Map<String, Object> body) {
        return runtime.send(post("/cancel", body));
    }

    /** Contract 3.9. */
    public Answer snapshot() {
        return runtime.send(get("/snapshot"));
    }

    /** Opens the stream of events (contract 3.8). Close it. */
    public RunStream stream(StreamFrom from) {
        return runtime.open(get("/stream"), from);
    }

    /** How the runtime answers the wish for a stream; one that opens is left at once. */
    public Answer streamHead(StreamFrom from) {
        try (var stream = stream(from)) {
            return stream.opening();
        }
    }

    private ApiRequest get(String path) {
        return ApiRequest.get(path(path)).forRun(runId).query("thread_id", threadId);
    }

    private ApiRequest post(String path, Map<String, Object> body) {
        return ApiRequest.post(path(path), body).forRun(runId);
    }

    private String path(String path) {
        return "/runs/" + ApiRequest.segment(runId) + path;
    }

    private Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("thread_id", threadId);
        return body;
    }
}
