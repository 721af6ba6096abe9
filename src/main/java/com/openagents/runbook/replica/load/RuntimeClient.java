package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks the internal API and asks the token mint, pod by pod in turn, and again at the next when one goes away. */
final class RuntimeClient {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TRIES = 40;
    private static final long BETWEEN_TRIES_MILLIS = 250;
    private static final long TOKEN_SECONDS = 60;

    private final LoadTarget target;
    private final Tally tally;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final AtomicInteger turn = new AtomicInteger();

    RuntimeClient(LoadTarget target, Tally tally) {
        this.target = target;
        this.tally = tally;
    }

    HttpClient http() {
        return http;
    }

    /** The pod whose turn it is. */
    URI pod() {
        List<URI> pods = target.pods().get();
        return pods.get(Math.floorMod(turn.getAndIncrement(), pods.size()));
    }

    /**
     * @param claims what the signed token must hold beside the user
     * @throws IOException if no pod answers
     */
    HttpResponse<String> ask(String method, String path, Map<String, Object> body, Map<String, Object> claims)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return http.send(request(method, path, body, claims), BodyHandlers.ofString());
            } catch (IOException goneAway) {
                if (attempt == TRIES) {
                    throw goneAway;
                }
                tally.retries.incrementAndGet();
                pause();
            }
        }
    }

    private HttpRequest request(String method, String path, Map<String, Object> body, Map<String, Object> claims) {
        var all = Json.object("user_id", target.user());
        all.putAll(claims);
        var token = new TokenIssuer(target.signatureSecret().get())
                .issue(
                        Instant.now().getEpochSecond(),
                        TOKEN_SECONDS,
                        UUID.randomUUID().toString(),
                        all);
        return HttpRequest.newBuilder(pod().resolve("/internal/v1" + path))
                .timeout(PATIENCE)
                .header("x-oa-runtime-signature", token)
                .header("x-oa-user-id", String.valueOf(target.user()))
                .header("content-type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    /** A fresh sync token for these topics. */
    String syncToken(List<String> topics) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(target.controlPlane().resolve("/api/sync/token"))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + target.apiToken())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(Json.object("scopes", topics))))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the token mint answered " + answer.statusCode());
        }
        tally.tokens.incrementAndGet();
        return (String) ((Map<?, ?>) Json.readObject(answer.body()).get("data")).get("token");
    }

    private static void pause() throws InterruptedException {
        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
    }
}
