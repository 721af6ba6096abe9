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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** One pod in this process, reached over the wire. */
public final class TestPod implements Pod, AutoCloseable {
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

    @Override
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

    public static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public static HttpClient http() {
        return HTTP;
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
