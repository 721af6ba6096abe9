package com.openagents.runbook.replica.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Prometheus and the real Alertmanager, over a page of metrics that the test writes. */
class MonitoringReplicaTest {
    private static final AlertRules RULES =
            AlertRules.read(Path.of("environments", "monitoring", "runtime-alert-rules.yaml"));
    private static final String TOOLS = "OpenAgentsRuntimeToolFailureSpike";
    private static final String BREAKER = "OpenAgentsRuntimeCircuitBreakerOpen";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger open = new AtomicInteger();
    private final List<ScrapeTarget> targets = new CopyOnWriteArrayList<>();
    private HttpServer pod;
    private MonitoringReplica monitoring;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException, ProgramsMissing {
        Programs.orSkip();
        pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pod.createContext("/metrics", exchange -> {
            var page = "openagents_runtime_provider_breaker_state{provider=\"github\",state=\"open\"} " + open.get()
                    + "\n";
            exchange.sendResponseHeaders(200, page.length());
            try (var body = exchange.getResponseBody()) {
                body.write(page.getBytes(StandardCharsets.US_ASCII));
            }
        });
        pod.start();
        targets.add(target("runtime-0"));
        var options =
                new MonitoringOptions(directory, Programs.CACHE, () -> List.copyOf(targets), Duration.ofSeconds(1));
        monitoring = new MonitoringReplica(options, RULES.faster(60));
        monitoring.open(said -> {});
    }

    private ScrapeTarget target(String name) {
        var address = "127.0.0.1:" + pod.getAddress().getPort();
        return new ScrapeTarget("runtime", address, Map.of("pod", name));
    }

    @AfterEach
    void stop() {
        if (monitoring != null) {
            monitoring.close();
        }
        if (pod != null) {
            pod.stop(0);
        }
    }

    @Test
    void an_alert_fires_reaches_the_alertmanager_and_ends() {
        open.set(1);
        await(() -> assertThat(ask(monitoring.alertmanager(), "/api/v2/alerts")).contains(BREAKER));

        open.set(0);
        await(() -> assertThat(ask(monitoring.prometheus(), "/api/v1/alerts")).doesNotContain(BREAKER));
    }

    @Test
    void a_pod_that_comes_later_is_scraped_and_one_that_went_is_not() {
        targets.add(target("runtime-1"));
        await(() -> assertThat(query("count(up{job=\"runtime\"} == 1)")).contains("\"2\""));

        targets.remove(0);
        await(() -> assertThat(query("up{pod=\"runtime-0\"}")).doesNotContain("runtime-0"));
    }

    @Test
    void other_rules_are_taken_while_it_runs() {
        assertThat(ask(monitoring.prometheus(), "/api/v1/rules")).contains(BREAKER);

        monitoring.change("breaker-missing", rules -> rules.without(BREAKER));

        assertThat(ask(monitoring.prometheus(), "/api/v1/rules")).doesNotContain(BREAKER);
    }

    @Test
    void a_change_stays_when_another_is_taken_back() {
        monitoring.change("breaker-missing", rules -> rules.without(BREAKER));
        monitoring.change("tools-missing", rules -> rules.without(TOOLS));

        monitoring.changeBack("breaker-missing");

        assertThat(ask(monitoring.prometheus(), "/api/v1/rules"))
                .contains(BREAKER)
                .doesNotContain(TOOLS);
    }

    @Test
    void a_change_that_another_hides_is_refused() {
        monitoring.change("breaker-missing", rules -> rules.without(BREAKER));

        assertThatThrownBy(() -> monitoring.change(
                        "breaker-never", rules -> rules.with(BREAKER, "expr", query -> "vector(0) > 1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("breaker-never changes no rule beside [breaker-missing]");
    }

    private static void await(ThrowingRunnable condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(condition);
    }

    private String query(String expression) {
        return ask(
                monitoring.prometheus(),
                "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    private String ask(URI program, String path) {
        try {
            var request = HttpRequest.newBuilder(program.resolve(path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
