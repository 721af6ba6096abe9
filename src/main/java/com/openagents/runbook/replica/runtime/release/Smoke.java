package com.openagents.runbook.replica.runtime.release;

import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.release.SmokeClient.Answer;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The smoke check of contract 4: health, then a run that is written to the database and read back over HTTP. */
final class Smoke {
    private static final long USER = 9001;
    private static final long TOKEN_TTL_SECONDS = 300;
    private static final List<String> TABLES =
            List.of("run_events", "frames", "tool_tasks", "run_leases", "run_ownerships", "runs");

    private final String baseUrl;
    private final int tailMillis;
    private final Database database;
    private final TokenIssuer tokens;
    private final SmokeClient client = new SmokeClient();
    private final String runId;
    private final String threadId;

    Smoke(String baseUrl, int tailMillis, Database database, String signatureSecret) {
        this.baseUrl = baseUrl.replaceAll("/+$", "");
        this.tailMillis = tailMillis;
        this.database = database;
        this.tokens = new TokenIssuer(signatureSecret);
        runId = "smoke_run_" + ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        threadId = "thread_" + runId;
    }

    /** @throws ReleaseError with the term of the first step that fails */
    void run() throws ReleaseError {
        health();
        try {
            seed();
            events();
            stream();
            new SmokeTool(database, runId).run();
        } finally {
            cleanUp();
        }
    }

    private void health() throws ReleaseError {
        var answer = get("/internal/v1/health", Map.of(), "health_http_error");
        if (answer.status() != 200) {
            throw failed("{:health_status, " + answer.status() + ", " + Json.write(answer.body()) + "}");
        }
        if (!answer.body().contains("ok")) {
            throw failed("{:health_unexpected_body, " + Json.write(answer.body()) + "}");
        }
    }

    private void seed() throws ReleaseError {
        var now = InstantSource.system().instant();
        attempt(
                "seed_run_failed",
                () -> database.transaction(sql -> {
                    sql.update(
                            "INSERT INTO runtime.runs (run_id, thread_id, status, owner_user_id, latest_seq, inserted_at, updated_at)"
                                    + " VALUES (?, ?, 'running', ?, 0, ?, ?)",
                            runId,
                            threadId,
                            USER,
                            now,
                            now);
                    return sql.update(
                            "INSERT INTO runtime.run_ownerships (run_id, thread_id, user_id, inserted_at, updated_at)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            runId,
                            threadId,
                            USER,
                            now,
                            now);
                }));
    }

    private void events() throws ReleaseError {
        var events = new RunEvents(database, Sanitizer.intended(), InstantSource.system(), run -> {});
        attempt("seed_stream_failed", () -> events.append(runId, "run.delta", Json.object("delta", "smoke")));
        var finished = Json.object("status", "succeeded", "reason_class", "completed", "reason", "smoke_test");
        attempt("seed_stream_failed", () -> events.append(runId, "run.finished", finished));
    }

    private void stream() throws ReleaseError {
        var claims = Json.object("run_id", runId, "thread_id", threadId, "user_id", USER);
        long now = InstantSource.system().instant().getEpochSecond();
        var nonce = "smoke-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        var headers = Map.of(
                "x-oa-runtime-signature", tokens.issue(now, TOKEN_TTL_SECONDS, nonce, claims),
                "x-oa-user-id", String.valueOf(USER));
        var path = "/internal/v1/runs/" + runId + "/stream?thread_id=" + threadId + "&cursor=0&tail_ms=" + tailMillis;
        var answer = get(path, headers, "stream_check_failed");
        if (answer.status() != 200) {
            throw failed("{:stream_status, " + answer.status() + ", " + Json.write(answer.body()) + "}");
        }
        if (!answer.body().contains("[DONE]")) {
            throw failed("{:stream_missing_done, " + Json.write(answer.body()) + "}");
        }
        if (!answer.body().contains("\"text-delta\"")) {
            throw failed("{:stream_missing_delta, " + Json.write(answer.body()) + "}");
        }
    }

    private void cleanUp() throws ReleaseError {
        attempt(
                "cleanup_failed",
                () -> database.transaction(sql -> {
                    for (var table : TABLES) {
                        sql.update("DELETE FROM runtime." + table + " WHERE run_id = ?", runId);
                    }
                    return null;
                }));
    }

    private Answer get(String path, Map<String, String> headers, String failure) throws ReleaseError {
        try {
            return client.get(baseUrl + path, headers);
        } catch (IOException unreachable) {
            throw failed("{:" + failure + ", " + Json.write(unreachable.toString()) + "}");
        }
    }

    static void attempt(String failure, Attempt step) throws ReleaseError {
        try {
            step.run();
        } catch (SQLException refused) {
            throw failed("{:" + failure + ", " + Json.write(refused.getMessage()) + "}");
        }
    }

    static ReleaseError failed(String term) {
        return new ReleaseError("RuntimeError", "runtime smoke check failed: " + term);
    }

    interface Attempt {
        Object run() throws SQLException;
    }
}
