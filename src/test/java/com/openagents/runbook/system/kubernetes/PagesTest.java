package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.http.JsonServer;
import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An API server whose list of pods has three pages, and expires as often as it is told. */
class PagesTest {
    private static final int PAGES = 3;
    private static final int ON_A_PAGE = 2;

    private final AtomicInteger expires = new AtomicInteger();
    private final List<String> asked = new ArrayList<>();
    private final JsonServer server = JsonServer.start("the API server", Map.of("/", this::answer));
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty())
                    .withMasterUrl(server.uri().toString())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void a_long_list_is_read_page_by_page() {
        assertThat(pods()).extracting(RuntimePod::name).containsExactlyElementsOf(names());
        assertThat(asked).hasSize(PAGES).allMatch(query -> query.contains("limit=500"));
    }

    @Test
    void a_list_that_expires_in_the_middle_is_begun_again_and_tells_no_pod_twice() {
        expires.set(1);

        assertThat(pods()).extracting(RuntimePod::name).containsExactlyElementsOf(names());
        assertThat(asked).hasSize(2 + PAGES);
    }

    @Test
    void a_list_that_expires_again_could_not_be_read() {
        expires.set(2);

        assertThatThrownBy(this::pods)
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("let the list of 'list pods' expire twice")
                .hasMessageContaining("run this again");
        assertThat(asked).hasSize(2 + 2);
    }

    private List<RuntimePod> pods() {
        return UnsharedSystem.of(client, "staging", unseen -> {})
                .runtimePods("as many as there are")
                .pods();
    }

    private static List<String> names() {
        return IntStream.range(0, PAGES * ON_A_PAGE)
                .mapToObj(i -> "runtime-" + i)
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        if (!exchange.getRequestURI().getPath().endsWith("/pods")) {
            JsonServer.answer(exchange, 404, status(404, "not found"));
            return;
        }
        asked.add(query);
        int page =
                query.matches(".*continue=\\d.*") ? Integer.parseInt(query.replaceAll(".*continue=(\\d+).*", "$1")) : 0;
        if (page > 0 && expires.getAndDecrement() > 0) {
            JsonServer.answer(exchange, 410, status(410, "The provided continue parameter is too old"));
            return;
        }
        var next = page + 1 < PAGES ? String.valueOf(page + 1) : "";
        var pods = names().subList(page * ON_A_PAGE, (page + 1) * ON_A_PAGE).stream()
                .map(PagesTest::pod)
                .toList();
        JsonServer.answer(
                exchange,
                200,
                Map.of(
                        "kind",
                        "PodList",
                        "apiVersion",
                        "v1",
                        "metadata",
                        Map.of("resourceVersion", "7", "continue", next),
                        "items",
                        pods));
    }

    private static Map<String, Object> pod(String name) {
        return Map.of(
                "metadata", Map.of("name", name),
                "spec", Map.of("containers", List.of()),
                "status", Map.of("phase", "Running", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));
    }

    private static Map<String, Object> status(int code, String message) {
        return Map.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "message", message, "code", code);
    }
}
