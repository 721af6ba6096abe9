package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher as a person uses it, and what is left when it ends in one way or another. */
class LauncherProof {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void a_whole_run_passes_and_leaves_a_report_and_no_process() throws Exception {
        var runbook = start("run", "--output", folder.resolve("runs").toString());
        var children = childrenWhenItRuns(runbook);

        assertThat(runbook.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(runbook.exitValue()).as(this::terminal).isZero();
        assertThat(folder.resolve("runs/latest/report.html")).isNotEmptyFile();
        assertThat(folder.resolve("runs/latest/junit.xml")).isNotEmptyFile();
        assertThat(folder.resolve("runs/latest/result.json")).isNotEmptyFile();
        assertGone(children);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, start PostgreSQL",
        "TERM, start the runtime pods",
        "INT, run the post-deploy gate",
        "INT, run the scenarios"
    })
    void an_interrupted_run_is_reported_as_aborted_and_leaves_no_process(String signal, String phase) throws Exception {
        var runbook = start("run", "--output", folder.resolve("runs").toString());
        awaitPhase(runbook, phase);
        var children = descendants(runbook);

        new ProcessBuilder("kill", "-" + signal, String.valueOf(runbook.pid()))
                .start()
                .waitFor();

        assertThat(runbook.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(runbook.exitValue()).as(this::terminal).isEqualTo(130);
        assertThat(RunRecord.read(onlyRun()).verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(onlyRun().resolve("report.html")).isNotEmptyFile();
        assertGone(children);
    }

    @ParameterizedTest
    @CsvSource({"start the runtime pods", "run the scenarios"})
    void a_killed_run_leaves_a_readable_record_and_no_process(String phase) throws Exception {
        var runbook = start("run", "--output", folder.resolve("runs").toString());
        awaitPhase(runbook, phase);
        var children = descendants(runbook);

        runbook.destroyForcibly().waitFor();

        assertThat(children).isNotEmpty();
        assertGone(children);
        assertThat(RunRecord.read(onlyRun()).verdict()).isEqualTo(RunVerdict.ABORTED);
    }

    private Process start(String... arguments) throws IOException {
        return Foreground.launcher(List.of(arguments))
                .redirectOutput(folder.resolve("terminal").toFile())
                .start();
    }

    private List<ProcessHandle> childrenWhenItRuns(Process runbook) {
        awaitPhase(runbook, "run the scenarios");
        return descendants(runbook);
    }

    private void awaitPhase(Process runbook, String phase) {
        Awaitility.await("phase '" + phase + "' of the run")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> terminal().contains("  " + phase + " ...") || !runbook.isAlive());
    }

    private static List<ProcessHandle> descendants(Process runbook) {
        return runbook.descendants().toList();
    }

    private static void assertGone(List<ProcessHandle> processes) {
        Awaitility.await("end of every process of the run")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
    }

    private Path onlyRun() throws IOException {
        try (var runs = Files.list(folder.resolve("runs"))) {
            return runs.filter(run -> Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String terminal() {
        try {
            return Files.readString(folder.resolve("terminal"));
        } catch (IOException e) {
            return "";
        }
    }
}
