package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCaller;
import com.openagents.runbook.system.runtime.ApiRequest;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.runtime.StreamFrom;
import com.openagents.runbook.system.sync.SyncToken;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server with two runtime pods behind it. */
class PodAddressesTest {
    private static final String PODS = "/api/v1/namespaces/staging/pods";

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final JsonServer server = JsonServer.start("the API server", Map.of("/", this::answer));
    private int status = 200;
    private String more = "";
    private Optional<String> refusal = Optional.empty();
    private String pods = "api-proxy";

    /** The first request of all loads the library that makes it, and the patience of a run is not for that. */
    @BeforeAll
    static void loadTheClient() {
        try (var nobody =
                JsonServer.start("nobody", Map.of("/", exchange -> JsonServer.answer(exchange, 200, Map.of())))) {
            new HttpCaller("nobody", Duration.ofMinutes(1))
                    .ask(new HttpCall("GET", nobody.uri(), Map.of(), Optional.empty(), Optional.empty(), ""));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void every_pod_is_asked_through_the_api_server() throws IOException {
        with(
                "http://127.0.0.1:1",
                systems -> assertThat(systems.runtime().onEveryPod(RuntimeSystem::health))
                        .containsOnlyKeys("runtime-0", "runtime-1")
                        .allSatisfy((pod, answer) -> {
                            assertThat(answer.status()).isEqualTo(200);
                            assertThat(answer.part("signed")).contains("true");
                        }));

        assertThat(asked)
                .containsExactly(
                        "GET " + PODS + "/runtime-0:4000/proxy/internal/v1/health",
                        "GET " + PODS + "/runtime-1:4000/proxy/internal/v1/health");
    }

    @Test
    void the_service_is_its_ready_pods_in_turn() throws IOException {
        with("api-proxy", systems -> {
            systems.runtime().send(ApiRequest.of("POST", "/a%20b?c=d%2Fe"));
            systems.runtime().health();
        });

        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "POST " + PODS + "/runtime-0:4000/proxy/a%20b?c=d%2Fe",
                        "GET " + PODS + "/runtime-1:4000/proxy/internal/v1/health");
    }

    @Test
    void what_a_pod_refuses_is_its_answer_and_is_not_asked_again() throws IOException {
        status = 503;

        with(
                "http://127.0.0.1:1",
                systems -> assertThat(systems.runtime()
                                .onEveryPod(RuntimeSystem::health)
                                .values())
                        .extracting(Answer::status)
                        .containsOnly(503));

        assertThat(asked).hasSize(2);
    }

    @Test
    void a_long_refusal_of_a_pod_comes_whole() throws IOException {
        status = 503;
        more = "x".repeat(100_000);

        with(
                "api-proxy",
                systems -> assertThat(systems.runtime().health().part("more")).contains(more));
    }

    @Test
    void what_the_api_server_refuses_is_no_answer_of_the_pod() throws IOException {
        refusal = Optional.of("pods \"runtime-0\" is forbidden");

        with("api-proxy", systems -> {
            assertThatThrownBy(() -> systems.runtime().onEveryPod(RuntimeSystem::health))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("does not allow 'get pods/proxy' in namespace staging: grant that verb");
            assertThatThrownBy(() -> systems.runtime().probeProvider("github"))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("does not allow 'create pods/proxy'");
            assertThatThrownBy(() -> systems.runtime().run("run", "thread").streamHead(StreamFrom.cursor(0)))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("does not allow 'get pods/proxy'");
        });
    }

    @Test
    void sync_sockets_do_not_go_that_way_and_say_so() throws IOException {
        with(
                "api-proxy",
                systems -> assertThatThrownBy(() -> systems.sync().onEveryPod(SyncToken.none()))
                        .isInstanceOf(CouldNotCheck.class)
                        .hasMessageContaining("the proxy of the API server carries no sync sockets")
                        .hasMessageContaining("by their address or by port-forward"));
    }

    @Test
    void a_service_goes_the_way_that_its_pods_go() {
        assertThatThrownBy(() -> with("port-forward", systems -> {}))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining("a url of port-forward goes through systems.kubernetes with pods: port-forward");
    }

    @Test
    void a_port_forward_that_is_not_allowed_is_told_by_its_right() throws IOException {
        pods = "port-forward";

        with(
                "http://127.0.0.1:1",
                systems -> assertThatThrownBy(() -> systems.runtime().onEveryPod(RuntimeSystem::health))
                        .isInstanceOf(CouldNotCheck.class)
                        .hasMessageContaining(
                                "does not allow 'get pods/portforward' in namespace staging: grant that verb"));
    }

    @Test
    void a_service_whose_port_forward_is_not_allowed_is_told_by_its_right_and_not_as_silent() throws IOException {
        pods = "port-forward";

        with(
                "port-forward",
                systems -> assertThatThrownBy(() -> systems.runtime().health())
                        .isInstanceOf(CouldNotCheck.class)
                        .hasMessageContaining("does not allow 'get pods/portforward' in namespace staging"));
    }

    private void with(String url, Consumer<Systems> asks) throws IOException {
        try (var open = new Environments(Path.of("environments"))
                .find(file(url))
                .open(new Redactor(), new Silent(), List.of(), Needed.nothing())) {
            asks.accept(open.systems(unseen -> {}));
        } catch (CouldNotCheck reason) {
            throw new AssertionError(reason.getMessage(), reason);
        }
    }

    private String file(String url) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "a-secret-of-some-length-for-hmac");
        return ClusterFiles.environment(
                        folder,
                        "here",
                        server.uri().toString(),
                        "t",
                        "    pods: " + pods,
                        "  runtime: {url: '%s', signature-secret: 'file:%s', user: 42}".formatted(url, secret),
                        "  sync: {url: 'http://127.0.0.1:1', key-id: one, signing-key: 'file:%s', issuer: here}"
                                .formatted(secret))
                .toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        JsonServer.body(exchange);
        if (uri.getPath().equals(PODS)) {
            var pods = Stream.of("runtime-0", "runtime-1")
                    .map(PodAddressesTest::pod)
                    .toList();
            JsonServer.answer(exchange, 200, Map.of("kind", "PodList", "metadata", Map.of(), "items", pods));
        } else if (uri.getPath().endsWith("/selfsubjectaccessreviews")) {
            JsonServer.answer(
                    exchange, 201, Map.of("kind", "SelfSubjectAccessReview", "status", Map.of("allowed", false)));
        } else if (!uri.getPath().contains("/proxy/")) {
            JsonServer.answer(exchange, 404, Map.of("kind", "Status", "apiVersion", "v1", "code", 404));
        } else if (refusal.isPresent()) {
            JsonServer.answer(
                    exchange,
                    403,
                    Map.of("kind", "Status", "apiVersion", "v1", "code", 403, "message", refusal.orElseThrow()));
        } else {
            asked.add(exchange.getRequestMethod() + " " + uri);
            boolean signed = exchange.getRequestHeaders().containsKey("x-oa-runtime-signature");
            JsonServer.answer(exchange, status, Map.of("signed", String.valueOf(signed), "more", more));
        }
    }

    private static Map<String, Object> pod(String name) {
        return Map.of(
                "metadata", Map.of("name", name, "uid", name),
                "status",
                        Map.of("podIP", "10.0.0.1", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));
    }
}
