package com.openagents.runbook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.metrics.MetricsFile;
import com.openagents.runbook.publish.notify.Notifications;
import com.openagents.runbook.replica.monitoring.AlertRules;
import com.openagents.runbook.replica.monitoring.MonitoringOptions;
import com.openagents.runbook.replica.monitoring.MonitoringReplica;
import com.openagents.runbook.replica.monitoring.ProgramsMissing;
import com.openagents.runbook.replica.monitoring.ScrapeTarget;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.PastRun;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as the real Prometheus and the real Alertmanager see them. */
class WatchedRunsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MONITORING = Path.of("environments", "monitoring");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpServer exporter;
    private static MonitoringReplica monitoring;

    @TempDir
    private static Path folder;

    private static Run run() {
        var before = PastRun.of(PlayedRun.on(20).passes("A pod").run());
        return PlayedRun.on(24)
                .severity("critical")
                .fact("namespace", "openagents")
                .passes("A pod", 1500)
                .fails("A database")
                .cannotCheck("A queue")
                .attached(
                        EarlierRuns.MEDIA_TYPE,
                        History.json(new EarlierRuns(List.of(before), "")).toString())
                .run();
    }

    /** The file that a node exporter would show, and a Prometheus that scrapes it. */
    @BeforeAll
    static void start() throws IOException {
        var file = folder.resolve("runbook.prom");
        MetricsFile.write(run(), file);
        exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            var page = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, page.length);
            try (var body = exchange.getResponseBody()) {
                body.write(page);
            }
        });
        exporter.start();
        var target =
                new ScrapeTarget("node", "127.0.0.1:" + exporter.getAddress().getPort(), Map.of());
        monitoring = new MonitoringReplica(
                new MonitoringOptions(
                        folder.resolve("monitoring"),
                        Path.of("target", "replica", "programs"),
                        () -> List.of(target),
                        Duration.ofSeconds(1)),
                AlertRules.read(MONITORING.resolve("runbook-alert-rules.yaml")));
        try {
            monitoring.open(said -> {});
        } catch (ProgramsMissing e) {
            Assumptions.abort(e.getMessage());
        }
        await(() -> assertThat(query("runbook_run_verdict")).isNotEmpty());
    }

    @AfterAll
    static void stop() {
        monitoring.close();
        exporter.stop(0);
    }

    @Test
    void every_panel_of_the_dashboard_shows_data() throws IOException {
        var dashboard =
                JSON.readTree(MONITORING.resolve("runbook-runs-dashboard.json").toFile());
        var answers = new LinkedHashMap<String, JsonNode>();
        for (var panel : dashboard.path("panels")) {
            assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
            for (var target : panel.path("targets")) {
                var expression = target.path("expr").asText();
                assertThat(expression).contains("environment=~\"$environment\"");
                answers.put(panel.path("title").asText(), query(expression.replace("$environment", ".*")));
            }
        }

        assertThat(answers)
                .hasSize(10)
                .allSatisfy((title, series) -> assertThat(series).as(title).isNotEmpty());
        assertThat(answers.get("What fails")).hasSize(1).first().asString().contains("1-a-database");
        assertThat(answers.get("What could not be checked"))
                .hasSize(1)
                .first()
                .asString()
                .contains("1-a-queue");
        assertThat(answers.get("Verdict")).hasSize(1).first().asString().contains("failed");
    }

    @Test
    void a_critical_finding_reaches_the_alertmanager_by_the_rules() {
        await(() -> assertThat(alerts("RunbookCriticalFinding")).anyMatch(alert -> alert.contains("1-a-database")));
    }

    @Test
    void an_alertmanager_that_is_told_shows_the_finding_until_it_is_fixed() throws IOException {
        var url = monitoring.alertmanager().toString();
        var notify = new Notify(
                null, null, null, new Notify.To(null, null, null, new Notify.Receiver(url, null), null, null));

        var told = tell(notify, PlayedRun.on(24).fails("A pod").run());
        assertThat(told).extracting(Delivery::problem).containsExactly("");
        await(() -> assertThat(alerts("RunbookFinding")).anyMatch(alert -> alert.contains("1-a-pod")));

        tell(notify, PlayedRun.on(25).passes("A pod").run());
        await(() -> assertThat(alerts("RunbookFinding")).isEmpty());
    }

    private static List<Delivery> tell(Notify notify, Run run) {
        var due = Notifications.of(
                run,
                notify,
                new History(folder, "staging"),
                reference -> reference,
                text -> text,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var deliveries = new Courier(new Redactor()).deliver(due.outgoing());
        assertThat(due.settle(deliveries)).isEmpty();
        return deliveries;
    }

    private static void await(ThrowingRunnable condition) {
        Awaitility.await("the metrics of the run are scraped, and its alerts known")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(condition);
    }

    private static JsonNode query(String expression) {
        var path = "api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        var answer = ask(monitoring.prometheus(), path);
        assertThat(answer.path("status").asText()).as("%s", answer).isEqualTo("success");
        return answer.at("/data/result");
    }

    private static List<String> alerts(String name) {
        var path = "api/v2/alerts?active=true&filter=" + URLEncoder.encode("alertname=" + name, StandardCharsets.UTF_8);
        var all = ask(monitoring.alertmanager(), path);
        return all.findValuesAsText("scenario");
    }

    private static JsonNode ask(URI program, String path) {
        try {
            var base = program.toString().replaceFirst("/?$", "/");
            var request = HttpRequest.newBuilder(URI.create(base + path)).build();
            return JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
