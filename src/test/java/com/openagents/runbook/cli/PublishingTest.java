package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.publish.Receiver;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells, as its user sees it: whatever is told and however that goes, the verdict is that of the checks. */
class PublishingTest {
    private Receiver receiver;
    private HttpServer monitoring;
    private volatile boolean handsOn = true;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        monitoring = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        monitoring.createContext("/", exchange -> {
            var known = handsOn ? "{\"url\":\"" + monitoring() + "/api/v2/alerts\"}" : "";
            var body = exchange.getRequestURI().getPath().startsWith("/api/v1/")
                    ? "{\"status\":\"success\",\"data\":{\"activeAlertmanagers\":[" + known
                            + "],\"droppedAlertmanagers\":[]}}"
                    : "[]";
            exchange.sendResponseHeaders(200, body.length());
            try (var out = exchange.getResponseBody()) {
                out.write(body.getBytes(StandardCharsets.US_ASCII));
            }
        });
        monitoring.start();
    }

    @AfterEach
    void stop() {
        monitoring.stop(0);
        receiver.close();
    }

    private String monitoring() {
        return "http://127.0.0.1:" + monitoring.getAddress().getPort();
    }

    private record Outcome(int exit, String terminal) {}

    /** Whether alerts reach the Alertmanager. */
    private Outcome run(String tells, String... options) throws IOException {
        var environment = folder.resolve("watched.yaml");
        Files.writeString(environment, """
                kind: live
                description: a Prometheus and an Alertmanager
                systems:
                  prometheus: {url: "%s"}
                  alertmanager: {url: "%1$s"}
                must: [section-9]
                %s
                """.formatted(monitoring(), tells));
        var arguments = new ArrayList<>(List.of("run", "--environment", environment.toString()));
        arguments.addAll(
                List.of("--section", "2", "--tags", "@statement:2.2 and not @statement:2.1 and @severity:critical"));
        arguments.addAll(List.of("--output", folder.resolve("runs").toString()));
        arguments.addAll(List.of(options));
        var terminal = new StringWriter();
        var out = new PrintWriter(terminal, true);
        int exit = Main.commandLine().setOut(out).setErr(out).execute(arguments.toArray(new String[0]));
        return new Outcome(exit, terminal.toString());
    }

    private String webhook() {
        return "notify: {to: {webhook: {url: \"" + receiver.url() + "\"}}}";
    }

    private Path latest(String file) {
        return folder.resolve("runs/latest").resolve(file);
    }

    @Test
    void of_five_runs_one_of_which_fails_exactly_two_messages_are_sent() throws IOException {
        var history = folder.resolve("history").toString();
        var exits = new ArrayList<Integer>();
        for (int i = 1; i <= 5; i++) {
            handsOn = i != 3;
            exits.add(run(webhook(), "--history", history).exit());
        }

        assertThat(exits).containsExactly(0, 0, 1, 0, 0);
        assertThat(receiver.bodies())
                .hasSize(2)
                .satisfiesExactly(
                        fails -> assertThat(fails)
                                .contains(
                                        "\"change\":\"new\"",
                                        "Prometheus hands its alerts to an Alertmanager: it knows none",
                                        "name the Alertmanager under 'alerting'"),
                        passes -> assertThat(passes).contains("\"change\":\"fixed\""));
    }

    @Test
    void what_was_told_is_attested_with_the_run() throws IOException {
        handsOn = false;
        run(webhook(), "--history", folder.resolve("history").toString());

        assertThat(latest("manifest.json")).content().contains("deliveries.json", "metrics.prom");
        assertThat(Main.commandLine()
                        .setOut(new PrintWriter(new StringWriter()))
                        .execute(
                                "verify",
                                "latest",
                                "--output",
                                folder.resolve("runs").toString()))
                .isZero();
    }

    @Test
    void what_cannot_be_told_is_one_line_and_changes_no_verdict() throws IOException {
        var nowhere = """
                publish:
                  pushgateway: {url: "http://nowhere.invalid:9091"}
                  otlp: {url: "http://nowhere.invalid:4318/v1/metrics"}
                notify:
                  to:
                    slack: {url: "env:THIS_IS_NOT_SET_ANYWHERE"}
                """;
        var history = folder.resolve("history").toString();

        var passes = run(nowhere, "--history", history);
        handsOn = false;
        var fails = run(nowhere, "--history", history);

        assertThat(passes.exit()).isZero();
        assertThat(passes.terminal().lines())
                .contains(
                        "Not told pushgateway (metrics, tried 2 times): the host name is not known",
                        "Not told otlp (metrics, tried 2 times): the host name is not known")
                .noneMatch(line -> line.contains("slack"));
        assertThat(fails.exit()).isEqualTo(1);
        assertThat(fails.terminal().lines())
                .contains("Not told slack (1 change, tried once): there is no secret at env:THIS_IS_NOT_SET_ANYWHERE");
        assertThat(fails.terminal()).doesNotContain("Exception", "\tat ");
        var deliveries = new ObjectMapper().readTree(latest("deliveries.json").toFile());
        assertThat(deliveries.at("/deliveries/2/to").asText()).isEqualTo("slack");
        assertThat(deliveries.at("/deliveries/2/delivered").asBoolean()).isFalse();
    }

    @Test
    void without_a_history_nobody_knows_what_changed_and_nothing_is_run() throws IOException {
        var outcome = run(webhook());

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.terminal().strip())
                .isEqualTo("Environment 'watched' notifies of what changed, and only a history knows what did:"
                        + " add --history DIR, or --no-publish to tell nobody");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void somebody_who_looks_by_hand_tells_nobody() throws IOException {
        handsOn = false;
        var everything = "publish: {pushgateway: {url: \"" + receiver.url() + "\"}}\n" + webhook();

        assertThat(run(everything, "--no-publish").exit()).isEqualTo(1);

        assertThat(receiver.told()).isEmpty();
        assertThat(latest("metrics.prom"))
                .content()
                .contains("runbook_run_verdict{environment=\"watched\",namespace=\"\",verdict=\"failed\"} 1.0");
        assertThat(latest("deliveries.json")).doesNotExist();
    }

    @Test
    void the_metrics_can_be_written_where_a_collector_finds_them() throws IOException {
        var file = folder.resolve("runbook.prom");

        var written = run("", "--metrics-file", file.toString());
        var nowhere = folder.resolve("nowhere/runbook.prom");
        var refused = run("", "--metrics-file", nowhere.toString());

        assertThat(written.exit()).isZero();
        assertThat(file).content().contains("verdict=\"passed\"} 1.0");
        assertThat(refused.exit()).isZero();
        assertThat(refused.terminal())
                .containsOnlyOnce("The metrics are not written to " + nowhere + ": no such file")
                .doesNotContain("\tat ");
    }

    @Test
    void a_report_that_is_rendered_again_has_its_metrics_again() throws IOException {
        run("");
        var before = Files.readString(latest("metrics.prom"));
        Files.delete(latest("metrics.prom"));

        Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .execute("report", "latest", "--output", folder.resolve("runs").toString());

        assertThat(latest("metrics.prom")).hasContent(before);
    }
}
