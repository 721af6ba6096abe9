package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.http.StubApiServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceUsageTest {
    private final Queue<String> measured = new ArrayDeque<>();
    private final StubApiServer server = new StubApiServer(Map.of(
            "/api/v1/nodes", ResourceUsageTest::nodes,
            "/api/v1/nodes/node1/proxy/metrics/resource", this::kubelet,
            "/api/v1/namespaces/openagents/pods", ResourceUsageTest::pods));

    @AfterEach
    void close() {
        server.close();
    }

    private static void nodes(HttpExchange exchange) throws IOException {
        JsonServer.answer(
                exchange,
                200,
                Map.of(
                        "kind",
                        "NodeList",
                        "apiVersion",
                        "v1",
                        "items",
                        List.of(Map.of("metadata", Map.of("name", "node1")))));
    }

    private static void pods(HttpExchange exchange) throws IOException {
        JsonServer.answer(
                exchange,
                200,
                Map.of(
                        "kind",
                        "PodList",
                        "apiVersion",
                        "v1",
                        "items",
                        List.of(pod("runtime-0", "True"), pod("runtime-1", "True"), pod("runtime-2", "False"))));
    }

    /** Its readiness changed at 1,000 s. */
    private static Map<String, Object> pod(String name, String ready) {
        var condition = Map.of("type", "Ready", "status", ready, "lastTransitionTime", "1970-01-01T00:16:40Z");
        return Map.of("metadata", Map.of("name", name), "status", Map.of("conditions", List.of(condition)));
    }

    private void kubelet(HttpExchange exchange) throws IOException {
        var bytes = measured.remove().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void look(ResourceUsage usage, double cpuSeconds, long atMillis) {
        measured.add("""
                container_cpu_usage_seconds_total{container="runtime",namespace="openagents",pod="runtime-0"} %s %d
                container_memory_working_set_bytes{container="runtime",namespace="openagents",pod="runtime-0"} 1.048576e+08 %d
                container_cpu_usage_seconds_total{container="runtime",namespace="openagents",pod="runtime-2"} %s %d
                container_cpu_usage_seconds_total{container="runtime",namespace="elsewhere",pod="runtime-1"} 9.5 %d
                """.formatted(cpuSeconds, atMillis, atMillis, cpuSeconds, atMillis, atMillis));
        usage.look();
    }

    private static JsonNode told(ResourceUsage usage) {
        return new ObjectMapper().valueToTree(usage.pods("openagents", "app=runtime"));
    }

    private static String cpu(ResourceUsage usage) {
        return told(usage).at("/items/0/containers/0/usage/cpu").asText();
    }

    @Test
    void what_a_pod_used_is_told_as_an_average_over_a_minute() {
        var usage = new ResourceUsage(server.client());
        look(usage, 2.5, 1_000_000);
        look(usage, 5.5, 1_004_000);

        var items = told(usage).path("items");

        assertThat(items).hasSize(1);
        assertThat(items.path(0).at("/metadata/name").asText()).isEqualTo("runtime-0");
        assertThat(items.path(0).path("window").asText()).isEqualTo("4.0s");
        assertThat(items.path(0).path("timestamp").asText()).isEqualTo("1970-01-01T00:16:44Z");
        var used = items.path(0).path("containers").path(0);
        assertThat(used.path("name").asText()).isEqualTo("runtime");
        assertThat(used.at("/usage/cpu").asText()).isEqualTo("50000000n");
        assertThat(used.at("/usage/memory").asText()).isEqualTo("102400Ki");
    }

    @Test
    void what_it_used_before_it_was_ready_or_a_minute_ago_does_not_count() {
        var usage = new ResourceUsage(server.client());
        look(usage, 0, 990_000);
        look(usage, 8, 1_000_000);
        look(usage, 14, 1_030_000);
        assertThat(cpu(usage)).isEqualTo("100000000n");

        look(usage, 17, 1_060_000);
        look(usage, 20, 1_090_000);

        assertThat(cpu(usage)).isEqualTo("100000000n");
    }

    @Test
    void one_look_tells_nothing_yet() {
        var usage = new ResourceUsage(server.client());
        look(usage, 2.5, 1_000_000);

        assertThat(told(usage).path("items")).isEmpty();
    }

    @Test
    void a_container_that_started_anew_used_nothing_negative() {
        var usage = new ResourceUsage(server.client());
        look(usage, 2.5, 1_000_000);
        look(usage, 0, 1_004_000);
        look(usage, 3, 1_008_000);

        assertThat(cpu(usage)).isEqualTo("50000000n");
    }
}
