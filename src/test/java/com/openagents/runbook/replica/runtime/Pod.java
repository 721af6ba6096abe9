package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;

/** A pod as its clients see it, wherever it runs. */
public interface Pod {
    String url(String path);

    /** A request with a valid token for the run, by its owner. */
    default HttpResponse<String> runRequest(String method, String runId, String path, String body) throws Exception {
        return TestPod.send(
                asked(runId, path).method(method, TestPod.publisher(body)).build());
    }

    private HttpRequest.Builder asked(String runId, String path) {
        return HttpRequest.newBuilder(URI.create(url("/internal/v1/runs/" + runId + path)))
                .header("x-oa-runtime-signature", TestPod.runToken(runId))
                .header("x-oa-user-id", String.valueOf(TestPod.USER))
                .header("content-type", "application/json");
    }

    default HttpResponse<String> frame(String runId, String frameId, String type, Map<String, Object> payload)
            throws Exception {
        var body = Json.object("thread_id", TestPod.THREAD, "frame_id", frameId, "type", type, "payload", payload);
        return runRequest("POST", runId, "/frames", Json.write(body));
    }

    /** The whole stream from the cursor, as it came. */
    default String stream(String runId, long cursor, long tailMillis) throws Exception {
        return TestPod.send(streamRequest(runId, cursor, tailMillis)).body();
    }

    default HttpRequest streamRequest(String runId, long cursor, long tailMillis) {
        var query = "/stream?thread_id=" + TestPod.THREAD + "&cursor=" + cursor + "&tail_ms=" + tailMillis;
        return asked(runId, query).build();
    }

    /** A request by the user with a token that names only the user. */
    default HttpResponse<String> userRequest(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("x-oa-runtime-signature", TestPod.token(Json.object("user_id", TestPod.USER)))
                .header("x-oa-user-id", String.valueOf(TestPod.USER))
                .header("content-type", "application/json");
        return TestPod.send(request.method(method, TestPod.publisher(body)).build());
    }

    /** The value of one series, 0 if it is not there. */
    default double metric(String series) throws Exception {
        var text = TestPod.send(
                        HttpRequest.newBuilder(URI.create(url("/metrics"))).build())
                .body();
        var found =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
