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
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Requests to the pods and to the token mint, as any client sends them. */
final class Wire {
    private static final long TOKEN_SECONDS = 60;

    private final LoadTarget target;
    private final Duration patience;
    private final HttpClient client;

    Wire(LoadTarget target, Duration patience, Executor threads) {
        this.target = target;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .executor(threads)
                .build();
    }

    Duration patience() {
        return patience;
    }

    HttpClient client() {
        return client;
    }

    /** The future, failed if it takes too long. */
    <T> CompletableFuture<T> soon(CompletableFuture<T> future) {
        return future.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    long user() {
        return target.user();
    }

    /** One of the pods. */
    URI pod(SplittableRandom chance) {
        var pods = target.pods().get();
        if (pods.isEmpty()) {
            throw new IllegalStateException("no pod");
        }
        return pods.get(chance.nextInt(pods.size()));
    }

    /**
     * Posts to a pod.
     *
     * @param claims what the token names beside the user
     */
    CompletableFuture<Answer> post(URI pod, String path, Map<String, Object> claims, Map<String, Object> body) {
        var request = signed(pod, path, claims)
                .header("content-type", "application/json")
                .timeout(patience)
                .POST(BodyPublishers.ofString(Json.write(body)));
        return client.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** A request to a pod that is signed and says who asks. */
    HttpRequest.Builder signed(URI pod, String path, Map<String, Object> claims) {
        var all = Json.object("user_id", target.user());
        all.putAll(claims);
        var issuer = new TokenIssuer(target.signatureSecret().get());
        var token = issuer.issue(
                Instant.now().getEpochSecond(), TOKEN_SECONDS, UUID.randomUUID().toString(), all);
        return HttpRequest.newBuilder(pod.resolve("/internal/v1" + path))
                .header("x-oa-runtime-signature", token)
                .header("x-oa-user-id", String.valueOf(target.user()));
    }

    /** A token for the sync socket, from the mint (contract 5.6). */
    CompletableFuture<Answer> mint(List<String> topics) {
        var request = HttpRequest.newBuilder(target.controlPlane().resolve("/api/sync/token"))
                .header("authorization", "Bearer " + target.apiToken().get())
                .header("content-type", "application/json")
                .timeout(patience)
                .POST(BodyPublishers.ofString(Json.write(Json.object("scopes", topics))))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** @param body of a JSON answer, empty if it is none */
    record Answer(int status, Map<String, Object> body) {
        private static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), object(response.body()));
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> object(String text) {
            try {
                return Json.parse(text) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
            } catch (IOException noJson) {
                return Map.of();
            }
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> data() {
            return body.get("data") instanceof Map<?, ?> data ? (Map<String, Object>) data : Map.of();
        }

        /** @throws UnexpectedAnswer unless the status is the one, or one of those, that a healthy runtime answers */
        Answer expect(String what, int... statuses) {
            for (int expected : statuses) {
                if (status == expected) {
                    return this;
                }
            }
            throw new UnexpectedAnswer(what + ": status " + status);
        }
    }

    /** An answer that a healthy runtime does not give. */
    static final class UnexpectedAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnexpectedAnswer(String what) {
            super(what, null, false, false);
        }
    }
}
