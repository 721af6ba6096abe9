package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.ClusterFiles;
import com.openagents.runbook.fleet.Outcome;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One command over many environments. */
class ManyEnvironmentsTest {
    private final StringWriter terminal = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void each_is_reported_and_the_worst_gives_the_exit_code() throws IOException {
        var empty = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        empty.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        empty.start();
        environment("empty", empty.getAddress().getPort());
        environment("gone", 1);
        try {
            int exit = run("--environment", folder.resolve("*.yaml").toString(), "--section", "1", "--parallel", "2");

            assertThat(exit).as(terminal::toString).isEqualTo(1);
        } finally {
            empty.stop(0);
        }
        assertThat(terminal.toString())
                .contains("Running against 2 environments, 2 at a time", "gone  | ", "empty | ")
                .containsPattern("empty +failed +[0-9]+ failed.*report.html")
                .containsPattern("gone +incomplete +8 incomplete .*report.html");
        assertThat(RunRecord.read(folder.resolve("runs/gone/latest")).verdict()).isEqualTo(RunVerdict.INCOMPLETE);
        assertThat(RunRecord.read(folder.resolve("runs/empty/latest")).verdict())
                .isEqualTo(RunVerdict.FAILED);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void all_are_reported_before_the_end_when_it_is_asked_to_end() throws Exception {
        var asked = new CountDownLatch(1);
        var silent = JsonServer.start("a silent API server", Map.of("/", exchange -> await(asked)));
        for (var name : List.of("a", "b")) {
            environment(name, silent.uri().getPort());
        }
        var program = program("--environment", folder.resolve("*.yaml").toString(), "--section", "1");
        try {
            Awaitility.await("both to be asked")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> said().contains("a |   read the kubeconfig")
                            && said().contains("b |   read the kubeconfig"));

            program.destroy();

            assertThat(program.waitFor(1, TimeUnit.MINUTES)).as(said()).isTrue();
        } finally {
            asked.countDown();
            program.destroyForcibly();
            silent.close();
        }
        assertThat(program.exitValue()).as(said()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(said())
                .contains("a | Report: ", "b | Report: ")
                .containsPattern("a +aborted .*report.html")
                .containsPattern("b +aborted .*report.html");
        assertThat(folder.resolve("runs/a")).isDirectoryRecursivelyContaining("glob:**/report.html");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process program(String... arguments) throws IOException {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--output",
                folder.resolve("runs").toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("terminal").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("terminal"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0,0,0       | 0
                    0,0 proofless | 3
                    1 proofless | 3
                    0,130 proofless | 130
                    0,3,0       | 3
                    3,1,0       | 1
                    1,2,3       | 2
                    1,2,130     | 130
                    0,137       | 130
                    """)
    void the_worst_verdict_stands_for_all(String exits, int worst) {
        var proof = PlayedRun.on(24).passes("A pod").run();
        var outcomes = Arrays.stream(exits.split(","))
                .map(exit -> new Outcome(
                        "x",
                        Integer.parseInt(exit.split(" ")[0]),
                        exit.endsWith("proofless") ? Optional.empty() : Optional.of(proof),
                        Optional.empty()))
                .toList();

        assertThat(Outcome.exitCode(outcomes)).isEqualTo(worst);
    }

    @Test
    void one_kubeconfig_may_hold_the_contexts_of_all() throws IOException {
        var kubeconfig = ClusterFiles.kubeconfig(
                folder.resolve("clusters"), "t", Map.of("a", "http://127.0.0.1:1", "b", "http://127.0.0.2:1"));
        for (var name : List.of("a", "b")) {
            ClusterFiles.environment(folder.resolve(name + ".yaml"), kubeconfig, name, "staging");
        }

        assertThat(run("--environment", folder.resolve("*.yaml").toString(), "--section", "1"))
                .isEqualTo(ExitCode.NOT_CHECKED);

        assertThat(terminal.toString())
                .contains(
                        "kubernetes at http://127.0.0.1:1/ does not answer",
                        "kubernetes at http://127.0.0.2:1/ does not answer");
    }

    @Test
    void a_share_takes_every_nth_by_name() throws IOException {
        for (var name : List.of("a", "b", "c")) {
            environment(name, 1);
        }

        assertThat(run("--environment", folder.resolve("*.yaml").toString(), "--section", "1", "--share", "1/3"))
                .isEqualTo(ExitCode.NOT_CHECKED);

        assertThat(folder.resolve("runs")).isDirectoryContaining("glob:**/b").isDirectoryNotContaining("glob:**/{a,c}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --environment embedded,embeded             | did you mean 'embedded'?
                    --environment nothing-*                    | is named as nothing-* says
                    --environment embedded,rehearsal --tags @drill | Drills are made in one environment at a time
                    --environment embedded --share 3/3         | --share: expected the number of a share from 0
                    --environment embedded,rehearsal --parallel 0 | --parallel: expected at least 1
                    --environment embedded,rehearsal --tags @nothing | No scenario is selected
                    --environment embedded,rehearsal --metrics-file m.prom | --metrics-file is for one environment
                    --environment embedded,rehearsal --profile | --profile is for one environment
                    """)
    void nothing_runs_where_something_is_wrong(String arguments, String said) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.toString()).contains(said);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    private int run(String... arguments) {
        var words = new ArrayList<>(
                List.of("run", "--output", folder.resolve("runs").toString()));
        words.addAll(List.of(arguments));
        var out = new PrintWriter(terminal, true);
        return Main.commandLine().setOut(out).setErr(out).execute(words.toArray(String[]::new));
    }

    private void environment(String name, int port) throws IOException {
        ClusterFiles.environment(folder, name, "http://127.0.0.1:" + port, "t");
    }
}
