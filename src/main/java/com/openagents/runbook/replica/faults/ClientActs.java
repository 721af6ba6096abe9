package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Single acts of a client, one after the other, for what ordinary traffic does not do. The pods take turns. */
final class ClientActs {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long TOKEN_SECONDS = 60;
    private static final String GITHUB = "github.primary";

    private final Replica replica;
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    ClientActs(Replica replica) {
        this.replica = replica;
    }

    /** A run that waits for its first frame (contract 3.4); returns its id. */
    String createRun() {
        var runId = "fault-" + UUID.randomUUID();
        insert("runs (run_id, thread_id, owner_user_id,", runId);
        insert("run_ownerships (run_id, thread_id, user_id,", runId);
        return runId;
    }

    private void insert(String tableAndColumns, String runId) {
        try (var connection = replica.database()
                        .dataSource(DatabaseReplica.DEV, DatabaseReplica.RUNTIME_APP)
                        .getConnection();
                var statement = connection.prepareStatement(
                        "INSERT INTO runtime." + tableAndColumns
                                + " inserted_at, updated_at) VALUES (?, ?, ?, timezone('utc', now()), timezone('utc', now()))")) {
            statement.setString(1, runId);
            statement.setString(2, thread(runId));
            statement.setLong(3, Replica.USER);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a run could not be put in: " + e.getMessage(), e);
        }
    }

    void frame(String runId, String frameId, String type, Map<String, Object> payload) {
        var body = Json.object("thread_id", thread(runId), "frame_id", frameId, "type", type, "payload", payload);
        expect(202, send(post("/runs/" + runId + "/frames", body, claims(runId)), BodyHandlers.ofString()));
    }

    void cancel(String runId, String reason) {
        var body = Json.object("thread_id", thread(runId), "reason", reason);
        expect(202, send(post("/runs/" + runId + "/cancel", body, claims(runId)), BodyHandlers.ofString()));
    }

    /** Opens the run's stream for a minute and goes away as soon as it has begun. */
    void openStreamAndLeave(String runId) {
        var path = "/runs/" + runId + "/stream?thread_id=" + thread(runId) + "&cursor=0&tail_ms=60000";
        var answer = send(signed(path, claims(runId)).GET(), BodyHandlers.ofInputStream());
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException("a stream could not be left", e);
        }
        expect(200, answer);
    }

    /** Follows the run for a moment, until the stream's time is over, and does not come back. */
    void followBriefly(String runId) {
        var path = "/runs/" + runId + "/stream?thread_id=" + thread(runId) + "&cursor=0&tail_ms=300";
        expect(200, send(signed(path, claims(runId)).GET(), BodyHandlers.ofString()));
    }

    /** Asks for the workers, whatever the answer is. */
    void listWorkers() {
        send(signed("/codex/workers", Map.of()).GET(), BodyHandlers.discarding());
    }

    /** Has the coding tool read an issue; returns the reason code of what came of it. */
    String callTool() {
        return callTool(Json.object("authorization_id", "fault", "authorization_mode", "interactive"));
    }

    /** @param policy what the call is allowed by */
    String callTool(Map<String, Object> policy) {
        var id = "fault-" + UUID.randomUUID();
        var request = Json.object(
                "integration_id",
                GITHUB,
                "operation",
                "get_issue",
                "repository",
                "openagents/replica",
                "issue_number",
                1,
                "tool_call_id",
                id,
                "run_id",
                id);
        var body = Json.object(
                "tool_pack",
                "coding.v1",
                "manifest_ref",
                Json.object("integration_id", GITHUB),
                "request",
                request,
                "policy",
                policy);
        var answer = send(post("/tools/execute", body, Map.of()), BodyHandlers.ofString());
        expect(200, answer);
        var data = Json.readObject(answer.body()).get("data");
        return data instanceof Map<?, ?> map ? String.valueOf(map.get("reason_code")) : "none";
    }

    private HttpRequest.Builder post(String path, Map<String, Object> body, Map<String, Object> claims) {
        return signed(path, claims)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)));
    }

    private HttpRequest.Builder signed(String path, Map<String, Object> claims) {
        var all = new LinkedHashMap<>(claims);
        all.put("user_id", Replica.USER);
        var token = new TokenIssuer(replica.cluster().secretValue("RUNTIME_SIGNATURE_SECRET"))
                .issue(
                        Instant.now().getEpochSecond(),
                        TOKEN_SECONDS,
                        UUID.randomUUID().toString(),
                        all);
        return HttpRequest.newBuilder(pod().resolve("/internal/v1" + path))
                .timeout(PATIENCE)
                .header("x-oa-runtime-signature", token)
                .header("x-oa-user-id", String.valueOf(Replica.USER));
    }

    private URI pod() {
        List<URI> pods = replica.cluster().podAddresses();
        return pods.get(Math.floorMod(turn.getAndIncrement(), pods.size()));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException("the runtime does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while acting as a client", e);
        }
    }

    private static void expect(int status, HttpResponse<?> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(
                    answer.request().uri().getPath() + " was answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static Map<String, Object> claims(String runId) {
        return Json.object("run_id", runId, "thread_id", thread(runId));
    }

    private static String thread(String runId) {
        return "thread-" + runId;
    }
}
