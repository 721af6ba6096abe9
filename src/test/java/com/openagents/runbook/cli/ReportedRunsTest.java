package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.environment.Progress;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedRunsTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final StringWriter terminal = new StringWriter();

    @TempDir
    private Path folder;

    /** Puts nothing away before the end of the test. */
    private final class Stuck implements Progress {
        @Override
        public <T> T phase(String what, Supplier<T> work) {
            if (what.equals("close the environment")) {
                await();
            }
            return work.get();
        }

        @Override
        public void say(String what) {
            // Nobody listens.
        }
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_environment_that_does_not_close_costs_neither_the_report_nor_the_end() throws IOException {
        var run = begun();
        var runs = runs(run);
        try {
            runs.within(Duration.ofMillis(100), "100ms", this::await);

            assertThat(CompletableFuture.supplyAsync(() -> report(runs)))
                    .succeedsWithin(Duration.ofSeconds(30))
                    .extracting(Run::verdict)
                    .isEqualTo(RunVerdict.ABORTED);
            assertThat(terminal.toString()).contains("Not everything was put away: the environment does not close");
            assertThat(run.folder().resolve("report.html")).isNotEmptyFile();
            assertThat(folder.resolve("runs/." + run.folder().getFileName() + ".lock"))
                    .doesNotExist();
        } finally {
            end.countDown();
            run.close();
            runs.close();
        }
    }

    @Test
    void an_export_that_cannot_be_written_does_not_cost_the_report() throws IOException {
        end.countDown();
        var run = begun();
        var runs = runs(run);
        try {
            Files.createDirectories(run.folder().resolve("metrics.prom/in the way"));

            assertThatThrownBy(runs::report).isInstanceOf(IOException.class);

            assertThat(run.folder().resolve("report.html")).isNotEmptyFile();
            assertThat(run.folder().resolve("attestation.json")).isNotEmptyFile();
        } finally {
            assertThatThrownBy(runs::close).hasMessageStartingWith("the report cannot be written: ");
        }
    }

    private RunbookRun begun() throws IOException {
        return RunbookRun.begin(
                new Environments(Path.of("environments")).find(environment()),
                new Selection(List.of("1"), "", List.of()),
                Path.of("features"),
                folder.resolve("runs"),
                new Stuck());
    }

    private ReportedRuns runs(RunbookRun run) {
        var out = new PrintWriter(terminal, true);
        var spec = Main.commandLine().setOut(out).setErr(out).getCommandSpec();
        return new ReportedRuns(spec, run, new KeptHistory(), new Exports(), Duration.ofMillis(100));
    }

    private static Run report(ReportedRuns runs) {
        try {
            return runs.report();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String environment() throws IOException {
        return Files.writeString(
                        folder.resolve("there.yaml"),
                        "kind: live\ndescription: x\nsystems: {prometheus: {url: \"http://127.0.0.1:1\"}}\n")
                .toString();
    }
}
