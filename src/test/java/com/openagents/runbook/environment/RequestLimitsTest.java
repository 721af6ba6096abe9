package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.system.Needed;
import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server that refuses for now, and counts what it is asked. */
class RequestLimitsTest {
    private static final Map<String, Object> LIST =
            Map.of("kind", "PodList", "apiVersion", "v1", "metadata", Map.of(), "items", List.of());

    /** @param retryAfter empty where the server does not say */
    private record Refusal(int code, Optional<String> retryAfter) {}

    @TempDir
    private Path folder;

    private final List<Instant> asked = new CopyOnWriteArrayList<>();
    private IntFunction<Optional<Refusal>> weather = times -> Optional.empty();
    private final JsonServer server = JsonServer.start("the API server", Map.of("/", this::answer));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void no_more_requests_than_the_environment_allows_go_out_within_its_time() throws IOException {
        try (var access = access("rate-limit: {requests: 4, within: 1s}")) {
            // The limiter's own second may end once among the first eight, and must end once more before the ninth.
            for (int i = 0; i < 9; i++) {
                access.ground().client().pods().inNamespace("staging").list();
            }
        }

        assertThat(Duration.between(asked.get(0), asked.get(8))).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void what_is_refused_for_now_is_asked_again_until_it_is_answered() throws IOException {
        weather = times ->
                times < 2 ? Optional.of(new Refusal(times == 0 ? 429 : 503, Optional.empty())) : Optional.empty();

        try (var access = access("")) {
            assertThat(access.ground()
                            .client()
                            .pods()
                            .inNamespace("staging")
                            .list()
                            .getItems())
                    .isEmpty();
        }

        assertThat(asked).hasSize(3);
    }

    @Test
    void nothing_is_asked_again_before_the_server_lets_it() throws IOException {
        weather = times -> times == 0 ? Optional.of(new Refusal(429, Optional.of("1"))) : Optional.empty();

        try (var access = access("")) {
            access.ground().client().pods().inNamespace("staging").list();
        }

        assertThat(Duration.between(asked.get(0), asked.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_server_that_asks_to_be_left_alone_for_long_is_left_alone() throws IOException {
        weather = times -> Optional.of(new Refusal(429, Optional.of("3600")));

        try (var access = access("")) {
            assertRefused(access.ground().client(), 429, "left alone for 3600 s");
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void all_retries_together_have_an_end() throws IOException {
        weather = times -> Optional.of(new Refusal(500, Optional.empty()));
        int questions = 10;

        try (var access = access("")) {
            for (int i = 0; i < questions; i++) {
                assertRefused(access.ground().client(), 500, "");
            }
        }

        assertThat(asked).hasSizeLessThan(2 * questions + 4);
    }

    @Test
    void the_no_of_a_disruption_budget_is_an_answer() throws IOException {
        weather = times -> Optional.of(new Refusal(429, Optional.empty()));

        try (var access = access("")) {
            assertThat(evicts(access.ground().client())).isFalse();
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void an_eviction_that_the_server_cannot_decide_now_is_asked_again() throws IOException {
        weather = times -> times == 0 ? Optional.of(new Refusal(503, Optional.empty())) : Optional.empty();

        try (var access = access("")) {
            assertThat(evicts(access.ground().client())).isTrue();
        }

        assertThat(asked).hasSize(2);
    }

    private static boolean evicts(KubernetesClient client) {
        return client.pods()
                .inNamespace("staging")
                .withName("runtime-0")
                .evict(new EvictionBuilder()
                        .withNewMetadata()
                        .withNamespace("staging")
                        .withName("runtime-0")
                        .endMetadata()
                        .build());
    }

    private static void assertRefused(KubernetesClient client, int code, String words) {
        assertThatThrownBy(() -> client.pods().inNamespace("staging").list())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonServer.body(exchange);
        asked.add(Instant.now());
        var refusal = weather.apply(asked.size() - 1);
        refusal.flatMap(Refusal::retryAfter)
                .ifPresent(wait -> exchange.getResponseHeaders().set("Retry-After", wait));
        JsonServer.answer(
                exchange,
                refusal.map(Refusal::code).orElse(200),
                refusal.<Object>map(
                                no -> Map.of("kind", "Status", "apiVersion", "v1", "code", no.code(), "message", "no"))
                        .orElse(LIST));
    }

    private OpenEnvironment access(String more) throws IOException {
        var file = ClusterFiles.environment(folder, "here", server.uri().toString(), "t", "    " + more);
        return new Environments(Path.of("environments"))
                .find(file.toString())
                .open(new Redactor(), new Silent(), List.of(), Needed.nothing());
    }
}
