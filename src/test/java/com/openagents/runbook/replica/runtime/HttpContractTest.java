package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpContractTest {
    private TestPod pod;
    private String run;
    private String other;

    @BeforeAll
    void start(DatabaseReplica database) throws Exception {
        pod = TestPod.start(database);
        var runs = new TestRuns(database);
        run = runs.create();
        other = "run-" + UUID.randomUUID();
        runs.own(other);
    }

    @AfterAll
    void stop() {
        pod.close();
    }

    @TestFactory
    Stream<DynamicTest> answers_as_the_contract_says() {
        return Rows.tests("http.yaml", row -> check(row, send(row)));
    }

    @Test
    void a_token_passes_once() throws Exception {
        var token = TestPod.token(Map.of());

        assertThat(health(token).statusCode()).isEqualTo(200);

        assertThat(health(token).body()).contains("token nonce already used");
    }

    @Test
    void a_token_that_was_refused_keeps_its_nonce() throws Exception {
        var nonce = UUID.randomUUID().toString();
        long now = Instant.now().getEpochSecond();
        health(new TokenIssuer("another").issue(now, 60, nonce, Map.of()));

        var answer = health(new TokenIssuer(TestPod.SECRET).issue(now, 60, nonce, Map.of()));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_passes_again_on_another_connection_as_published(DatabaseReplica database) throws Exception {
        try (var published = TestPod.withFaults(database, "nonce-per-connection")) {
            var request = HttpRequest.newBuilder(URI.create(published.url("/internal/v1/health")))
                    .header("x-oa-runtime-signature", TestPod.token(Map.of()))
                    .build();
            var another = java.net.http.HttpClient.newHttpClient();

            assertThat(TestPod.send(request).statusCode()).isEqualTo(200);
            assertThat(TestPod.send(request).statusCode()).isEqualTo(401);
            assertThat(another.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @TestFactory
    Stream<DynamicTest> request_ids_follow_the_rule_of_section_17() {
        return Stream.of(
                        Map.entry("a".repeat(19), false),
                        Map.entry("a".repeat(20), true),
                        Map.entry("a".repeat(200), true),
                        Map.entry("a".repeat(201), false))
                .map(row -> DynamicTest.dynamicTest(row.getKey().length() + " bytes", () -> {
                    var request = HttpRequest.newBuilder(URI.create(pod.url("/internal/v1/health")))
                            .header("x-request-id", row.getKey())
                            .build();

                    var id = TestPod.send(request)
                            .headers()
                            .firstValue("x-request-id")
                            .orElseThrow();

                    assertThat(id.equals(row.getKey())).isEqualTo(row.getValue());
                    assertThat(id).hasSizeBetween(20, 200);
                    assertThat(pod.log()).contains("request_id=" + row.getKey() + " [info] GET /internal/v1/health");
                }));
    }

    private HttpResponse<String> health(String token) throws Exception {
        return TestPod.send(HttpRequest.newBuilder(URI.create(pod.url("/internal/v1/health")))
                .header("x-oa-runtime-signature", token)
                .build());
    }

    private HttpResponse<String> send(Map<String, Object> row) throws Exception {
        var path = "/internal/v1" + fill((String) row.get("path"));
        var request = HttpRequest.newBuilder(URI.create(pod.url(path)));
        var headers = new HashMap<String, Object>(Map.of("content-type", "application/json"));
        if (!path.endsWith("/health")) {
            headers.put("x-oa-user-id", "7");
        }
        headers.putAll(Rows.map(row, "headers"));
        headers.values().removeIf(""::equals);
        headers.forEach((name, value) -> request.header(name, (String) value));
        token(row).ifPresent(token -> request.header("x-oa-runtime-signature", token));
        var body = row.containsKey("body") ? Json.write(row.get("body")) : (String) row.getOrDefault("raw", "");
        return TestPod.send(request.method((String) row.getOrDefault("method", "GET"), TestPod.publisher(body))
                .build());
    }

    private Optional<String> token(Map<String, Object> row) {
        if (row.get("token").equals("none")) {
            return Optional.empty();
        }
        if (row.get("token").equals("run")) {
            return Optional.of(TestPod.runToken(run));
        }
        if (row.get("token").equals("user")) {
            return Optional.of(TestPod.token(Json.object("user_id", TestPod.USER)));
        }
        var wanted = Rows.map(row, "token");
        if (wanted.containsKey("raw")) {
            return Optional.of((String) wanted.get("raw"));
        }
        var claims = new HashMap<>(Rows.map(wanted, "claims"));
        claims.replaceAll((name, value) -> value instanceof String text ? fill(text) : value);
        long issuedAt = Instant.now().getEpochSecond() + (int) wanted.getOrDefault("iat", 0);
        var issuer = new TokenIssuer((String) wanted.getOrDefault("secret", TestPod.SECRET));
        var nonce = (String) wanted.getOrDefault("nonce", UUID.randomUUID().toString());
        return Optional.of(issuer.issue(issuedAt, (int) wanted.getOrDefault("ttl", 60), nonce, claims));
    }

    private String fill(String text) {
        return text.replace("{run}", run).replace("{other}", other);
    }

    private static void check(Map<String, Object> row, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.get("status"));
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        if (row.get("answer") instanceof String body) {
            assertThat(answer.body()).isEqualTo(body);
        }
        if (row.containsKey("message")) {
            assertThat(answer.body()).contains("\"message\":" + Json.write(row.get("message")));
        }
        if (row.containsKey("code")) {
            assertThat(answer.body()).contains("\"code\":\"" + row.get("code") + "\"");
        }
    }
}
