package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.ClusterFiles;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that nobody looks at ends by itself and leaves a report, whatever is wrong around it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UnattendedRunTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final StringWriter terminal = new StringWriter();
    private String more = "";

    @TempDir
    private Path folder;

    @Test
    void a_hung_system_ends_by_the_deadline_with_a_report() throws IOException {
        int exit = against(
                exchange -> await(),
                "--deadline",
                "2s",
                "--output",
                folder.resolve("runs").toString());

        assertThat(exit).as(terminal::toString).isEqualTo(130);
        assertThat(terminal.toString()).contains("ABORTED", "The run was not done within its deadline of 2s");
        var run = RunRecord.read(reported());
        assertThat(run.verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(reported().resolve("report.html"))
                .content()
                .contains("The run was not done within its deadline of 2s");
        assertThat(reported().resolve("junit.xml")).isNotEmptyFile();
        assertThat(reported().resolve("result.json")).isNotEmptyFile();
    }

    @Test
    void an_expired_token_is_told_within_the_deadline() throws IOException {
        int exit = against(
                exchange -> reply(exchange, 401, "{\"kind\":\"Status\",\"message\":\"Unauthorized\",\"code\":401}"),
                "--deadline",
                "1m",
                "--output",
                folder.resolve("runs").toString());

        assertThat(exit).as(terminal::toString).isEqualTo(ExitCode.NOT_CHECKED);
        assertThat(terminal.toString()).contains("does not know us (401): renew the credentials");
        assertThat(RunRecord.read(reported()).verdict()).isEqualTo(RunVerdict.INCOMPLETE);
        assertThat(reported().resolve("report.html")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/runbook", "/dev/full/runs"})
    void a_volume_that_takes_nothing_more_costs_the_place_and_not_the_report(String output) throws IOException {
        int exit = against(exchange -> reply(exchange, 503, "{}"), "--deadline", "1m", "--output", output);

        assertThat(exit).as(terminal::toString).isEqualTo(ExitCode.NOT_CHECKED);
        var instead = "The records cannot be kept in " + output;
        assertThat(terminal.toString()).contains(instead);
        assertThat(reported().resolve("report.html")).content().contains(instead);
        assertThat(RunRecord.read(reported()).problems())
                .extracting(problem -> problem.text())
                .anyMatch(text -> text.startsWith(instead));
    }

    @Test
    void what_is_odd_in_the_folder_of_the_runs_is_said_and_costs_no_report() throws IOException {
        var runs = folder.resolve("runs");
        Files.createDirectories(runs.resolve("latest/in the way"));
        Files.createFile(Files.createDirectory(runs.resolve("20261101T000000Z")).resolve("run.ndjson"));
        Files.createDirectory(runs.resolve(".20261101T000000Z.lock"));

        int exit = against(exchange -> reply(exchange, 503, "{}"), "--deadline", "1m", "--output", runs.toString());

        assertThat(exit).as(terminal::toString).isEqualTo(ExitCode.NOT_CHECKED);
        assertThat(terminal.toString())
                .contains("Run 20261101T000000Z was killed before its end, and its report cannot be written: ")
                .contains("The link " + runs.resolve("latest") + " cannot be set: ");
        assertThat(reported().resolve("report.html")).isNotEmptyFile();
        assertThat(runs.resolve("." + reported().getFileName() + ".latest")).doesNotExist();
    }

    @Test
    void a_cluster_that_does_not_give_the_signing_key_makes_the_run_incomplete() throws IOException {
        more = "signing-key: secret:staging/runbook/KEY\n";

        int exit = against(
                exchange -> reply(exchange, 403, "{\"kind\":\"Status\",\"code\":403}"),
                "--output",
                folder.resolve("runs").toString());

        assertThat(exit).as(terminal::toString).isEqualTo(ExitCode.NOT_CHECKED);
        assertThat(terminal.toString())
                .contains("signing-key: the secret at secret:staging/runbook/KEY cannot be read: ");
        assertThat(reported().resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void a_deadline_is_a_duration() throws IOException {
        int exit = against(
                exchange -> reply(exchange, 404, "{}"),
                "--deadline",
                "soon",
                "--output",
                folder.resolve("runs").toString());

        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.toString())
                .contains("--deadline: expected a number and a unit such as 30s, 15m, 1h or 1d, seen 'soon'");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** The folder that the terminal names at the end. */
    private Path reported() {
        var path = terminal.toString()
                .lines()
                .filter(line -> line.startsWith("Report: "))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError(terminal.toString()));
        return Path.of(path.substring("Report: ".length())).getParent();
    }

    private int against(HttpHandler answer, String... arguments) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", answer);
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort();
            var environment = ClusterFiles.environment(folder, "there", url, "token-of-yesterday", more);
            var words = new ArrayList<>(List.of("run", "--section", "1", "--environment", environment.toString()));
            words.addAll(List.of(arguments));
            var out = new PrintWriter(terminal, true);
            return Main.commandLine().setOut(out).setErr(out).execute(words.toArray(String[]::new));
        } finally {
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
