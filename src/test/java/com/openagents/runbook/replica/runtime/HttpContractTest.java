package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
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
    private TestRuns runs;

    @BeforeAll
    void start(DatabaseReplica database) throws Exception {
        pod = TestPod.start(database);
        runs = new TestRuns(database);
    }

    @AfterAll
    void stop() {
        pod.close();
    }

    @TestFactory
    Stream<DynamicTest> answers_as_the_contract_says() {
        return Rows.tests("http.yaml", row -> {
            var request = new RowRequest(new RowNames(runs).fill(row));
            request.check(request.send(pod));
        });
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
}
