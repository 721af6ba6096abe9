package com.openagents.runbook.replica.checkout.suite;

import com.openagents.runbook.replica.checkout.Workspace;
import com.openagents.runbook.replica.runtime.BootFailure;
import com.openagents.runbook.replica.runtime.RuntimeService;
import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.logging.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The runtime in this process, on the test database, reached over the wire. It starts when a test first needs it. */
final class Service implements AutoCloseable {
    static final long USER = 7;
    static final String THREAD = "thread-test";
    private static final String SECRET = "test-runtime-signature-secret";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Workspace workspace;
    private final TestData data;
    private final TokenIssuer tokens = new TokenIssuer(SECRET);
    private TestLock lock;
    private volatile RuntimeService running;

    Service(Workspace workspace) {
        this.workspace = workspace;
        this.data = new TestData(workspace.dataSource(workspace.database()));
    }

    Workspace workspace() {
        return workspace;
    }

    TestData data() {
        return data;
    }

    /** What the service is told: quick jobs, and what the working copy sets in {@code config/test.env}. */
    synchronized RuntimeConfig config() throws IOException {
        var variables = new HashMap<>(Map.of(
                "DATABASE_URL", workspace.ectoUrl(),
                "SECRET_KEY_BASE", UUID.randomUUID().toString(),
                "RUNTIME_SIGNATURE_SECRET", SECRET,
                "PHX_SERVER", "true",
                "POD_IP", "127.0.0.1",
                "PORT", "0",
                "PHX_HOST", "runtime.test",
                "OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "50",
                "OA_REPLICA_JANITOR_RECOVERY_COOLDOWN_MS", "5000"));
        variables.put("OA_REPLICA_KHALA_SYNC_RETENTION_INTERVAL_MS", "50");
        variables.put("OA_REPLICA_KHALA_SYNC_RETENTION_HORIZON_SECONDS", "3600");
        variables.put("OA_REPLICA_KHALA_SYNC_HEARTBEAT_INTERVAL_MS", "200");
        variables.put("OA_REPLICA_KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", "800");
        if (running != null) {
            variables.put("SMOKE_BASE_URL", url("").toString());
        }
        var own = workspace.runtime().resolve("config/test.env");
        if (Files.exists(own)) {
            Files.readAllLines(own).stream()
                    .filter(line -> line.contains("="))
                    .forEach(line ->
                            variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        }
        return RuntimeConfig.read(new Variables(variables));
    }

    /** Returns when it serves, alone on its database. */
    synchronized Service started() throws IOException, BootFailure, SQLException {
        if (running == null) {
            lock = TestLock.of(workspace, workspace.database());
            var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            running = RuntimeService.start(config(), new Log(silent), () -> {});
        }
        return this;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + running.address().orElseThrow().getPort() + path);
    }

    static HttpClient client() {
        return HTTP;
    }

    HttpResponse<String> unsigned(String method, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url(path)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** By the owner of the run, with a valid token. */
    HttpResponse<String> ofRun(String runId, String path) throws IOException, InterruptedException {
        Map<String, Object> claims = Map.of("run_id", runId, "thread_id", THREAD, "user_id", USER);
        var token = tokens.issue(
                Instant.now().getEpochSecond(), 60, UUID.randomUUID().toString(), claims);
        return send(HttpRequest.newBuilder(url("/internal/v1/runs/" + runId + path))
                .header("x-oa-runtime-signature", token)
                .header("x-oa-user-id", String.valueOf(USER)));
    }

    /** The value of a series, 0 if it is not there. */
    double metric(String series) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url("/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public synchronized void close() throws SQLException {
        if (running != null) {
            running.stop();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
