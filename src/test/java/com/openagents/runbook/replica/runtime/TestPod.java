package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.logging.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** One pod in this process, reached over the wire. */
public final class TestPod implements AutoCloseable {
    public static final String SECRET = "test-signature-secret";
    public static final long USER = 7;
    public static final String THREAD = "thread-1";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final TokenIssuer TOKENS = new TokenIssuer(SECRET);

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final RuntimeService service;

    private TestPod(Map<String, String> variables) throws BootFailure {
        var out = new PrintStream(log, true, StandardCharsets.UTF_8);
        service = RuntimeService.start(RuntimeConfig.read(new Variables(variables)), new Log(out), () -> {});
    }

    public static TestPod start(DatabaseReplica database) throws Exception {
        return start(database, Map.of());
    }

    /** @param extra variables beside the required ones, faults for example */
    public static TestPod start(DatabaseReplica database, Map<String, String> extra) throws Exception {
        return new TestPod(variables(database, extra));
    }

    public static TestPod withFaults(DatabaseReplica database, String faults) throws Exception {
        return start(database, Map.of("OA_REPLICA_FAULTS", faults));
    }

    public static Map<String, String> variables(DatabaseReplica database, Map<String, String> extra) {
        var variables = new HashMap<String, String>();
        variables.put("DATABASE_URL", database.ectoUrl(DatabaseReplica.TEST));
        variables.put("SECRET_KEY_BASE", "a-secret-key-base");
        variables.put("RUNTIME_SIGNATURE_SECRET", SECRET);
        variables.put("PHX_SERVER", "true");
        variables.put("POD_IP", "127.0.0.1");
        variables.put("PORT", "0");
        variables.put("PHX_HOST", "runtime.test");
        variables.put("RELEASE_NODE", "runtime@" + UUID.randomUUID());
        variables.putAll(extra);
        return variables;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + service.address().orElseThrow().getPort() + path;
    }

    public String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** A token for the run of {@link TestRuns}, valid now. */
    public static String token(Map<String, Object> claims) {
        return TOKENS.issue(
                Instant.now().getEpochSecond(), 60, UUID.randomUUID().toString(), claims);
    }

    public static String runToken(String runId) {
        return token(Json.object("run_id", runId, "thread_id", THREAD, "user_id", USER));
    }

    /** A request with a valid token for the run, by its owner. */
    public HttpResponse<String> runRequest(String method, String runId, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url("/internal/v1/runs/" + runId + path)))
                .header("x-oa-runtime-signature", runToken(runId))
                .header("x-oa-user-id", String.valueOf(USER))
                .header("content-type", "application/json");
        return send(request.method(method, publisher(body)).build());
    }

    public HttpResponse<String> frame(String runId, String frameId, String type, Map<String, Object> payload)
            throws Exception {
        var body = Json.object("thread_id", THREAD, "frame_id", frameId, "type", type, "payload", payload);
        return runRequest("POST", runId, "/frames", Json.write(body));
    }

    /** The whole stream from the cursor, as it came. */
    public String stream(String runId, long cursor, long tailMillis) throws Exception {
        var query = "/stream?thread_id=" + THREAD + "&cursor=" + cursor + "&tail_ms=" + tailMillis;
        return runRequest("GET", runId, query, "").body();
    }

    /** A request by the user with a token that names only the user. */
    public HttpResponse<String> userRequest(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("x-oa-runtime-signature", token(Json.object("user_id", USER)))
                .header("x-oa-user-id", String.valueOf(USER))
                .header("content-type", "application/json");
        return send(request.method(method, publisher(body)).build());
    }

    public static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public static HttpClient http() {
        return HTTP;
    }

    /** The value of one series, 0 if it is not there. */
    public double metric(String series) throws Exception {
        var text = send(HttpRequest.newBuilder(URI.create(url("/metrics"))).build())
                .body();
        var found =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    static HttpRequest.BodyPublisher publisher(String body) {
        return body == null || body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body);
    }

    /** Stops as on SIGTERM. */
    public void stop() {
        service.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
