package com.openagents.runbook.report.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.report.PlayedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private static final PastRun RUN =
            PastRun.of(PlayedRun.on(24).passes("A pod", 12).fails("A database").run());

    private static final int APPENDED = 300;

    @TempDir
    private Path folder;

    private History history() {
        return new History(folder, "staging");
    }

    @Test
    void of_no_file_nothing_is_known() {
        assertThat(new History(folder.resolve("not yet there"), "staging").read())
                .isEqualTo(EarlierRuns.NONE);
    }

    @Test
    void what_was_appended_is_read_the_newest_first() throws IOException {
        var next =
                PastRun.of(PlayedRun.on(25).cannotCheck("A pod").waived("A pod").run());

        history().append(RUN);
        history().append(next);

        assertThat(history().read()).isEqualTo(new EarlierRuns(List.of(next, RUN), ""));
        assertThat(Files.readAllLines(history().file())).hasSize(2);
        assertThat(Files.size(history().file())).isLessThan(1_000);
    }

    @Test
    void each_environment_has_a_file_of_its_own() throws IOException {
        history().append(RUN);

        assertThat(new History(folder, "production").read()).isEqualTo(EarlierRuns.NONE);
        assertThat(new History(folder, "../../etc/passwd").file()).hasParentRaw(folder);
    }

    @Test
    void of_many_runs_the_newest_fifty_are_read() throws IOException {
        for (int i = 0; i < 60; i++) {
            history().append(run("r" + i));
        }

        assertThat(history().read().runs())
                .extracting(PastRun::runId)
                .containsExactlyElementsOf(IntStream.rangeClosed(10, 59)
                        .map(i -> 69 - i)
                        .mapToObj(i -> "r" + i)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":1,\"run\":\"r\",\"environment\":\"staging\",\"sta",
                "not JSON",
                "{}",
                "[]",
                "null",
                "{\"version\":2,\"run\":\"r\"}",
                "{\"version\":1,\"run\":\"r\",\"environment\":\"staging\",\"started\":\"yesterday\",\"verdict\":\"passed\",\"ms\":1,\"suite\":\"1\",\"results\":[]}",
                "{\"version\":1,\"run\":\"r\",\"environment\":\"staging\",\"started\":\"2026-11-24T06:00:00Z\",\"verdict\":\"fine\",\"ms\":1,\"suite\":\"1\",\"results\":[]}",
                "{\"version\":1,\"run\":\"r\",\"environment\":\"elsewhere\",\"started\":\"2026-11-24T06:00:00Z\",\"verdict\":\"passed\",\"ms\":1,\"suite\":\"1\",\"results\":[]}",
                "\u0000\u0000\u0000"
            })
    void a_line_that_is_no_run_is_passed_over_and_said(String line) throws IOException {
        Files.writeString(history().file(), line);

        history().append(RUN);

        assertThat(history().read())
                .isEqualTo(new EarlierRuns(List.of(RUN), "A line of the history is no run and was passed over"));
    }

    @Test
    void a_file_that_cannot_be_read_is_said() throws IOException {
        Files.createDirectory(history().file());

        assertThat(history().read().runs()).isEmpty();
        assertThat(history().read().note()).startsWith("The history cannot be read: ");
        assertThatThrownBy(() -> history().append(RUN)).isInstanceOf(IOException.class);
    }

    @Test
    void a_volume_that_is_full_is_said_in_words() throws IOException {
        Files.createSymbolicLink(history().file(), Path.of("/dev/full"));

        assertThatThrownBy(() -> history().append(RUN))
                .isInstanceOfSatisfying(
                        IOException.class,
                        problem -> assertThat(History.problem(problem)).isEqualTo("No space left on device"));
    }

    @Test
    void a_folder_in_its_way_is_said_in_words() throws IOException {
        Files.createDirectory(history().file());

        assertThatThrownBy(() -> history().append(RUN))
                .isInstanceOfSatisfying(
                        IOException.class,
                        problem -> assertThat(History.problem(problem)).isEqualTo("Is a directory"));
    }

    @Test
    void runs_that_end_at_the_same_time_tear_no_line() throws Exception {
        var writers = Executors.newFixedThreadPool(4);
        try {
            var work = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 40; i++) {
                var run = run("r" + i);
                work.add(() -> {
                    new History(folder, "staging").append(run);
                    return null;
                });
            }
            for (var done : writers.invokeAll(work)) {
                done.get();
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(history().read().note()).isEmpty();
        assertThat(history().read().runs())
                .extracting(PastRun::runId)
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    @Test
    void nor_do_those_of_other_processes() throws Exception {
        var other = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HistoryTest.class.getName(),
                        folder.toString())
                .start();
        for (int i = 0; i < APPENDED; i++) {
            history().append(RUN);
        }

        assertThat(other.waitFor()).isZero();
        assertThat(Files.readAllLines(history().file())).hasSize(2 * APPENDED);
        assertThat(history().read().note()).isEmpty();
    }

    /** The other process. */
    public static void main(String... arguments) throws IOException {
        for (int i = 0; i < APPENDED; i++) {
            new History(Path.of(arguments[0]), "staging").append(RUN);
        }
    }

    @Test
    void of_a_very_long_file_only_the_end_is_read() throws IOException {
        try (var out = Files.newBufferedWriter(history().file(), StandardOpenOption.CREATE)) {
            var noise = "x".repeat(1 << 20);
            for (int i = 0; i < 20; i++) {
                out.write(noise);
            }
            out.write('\n');
        }
        history().append(RUN);

        assertThat(history().read()).isEqualTo(new EarlierRuns(List.of(RUN), ""));
    }

    @Test
    void the_record_of_a_run_carries_the_runs_it_is_compared_with() throws IOException {
        history().append(RUN);
        history().append(PastRun.of(PlayedRun.on(25).passes("A queue").run()));
        var earlier = history().read();

        var run = PlayedRun.on(26)
                .passes("A pod")
                .attached(EarlierRuns.MEDIA_TYPE, History.json(earlier).toString())
                .run();

        assertThat(run.earlier()).isEqualTo(earlier);
        assertThat(run.problems()).isEmpty();
    }

    @Test
    void earlier_runs_that_cannot_be_understood_are_a_problem_of_the_record() {
        var run = PlayedRun.on(26)
                .passes("A pod")
                .attached(EarlierRuns.MEDIA_TYPE, "{\"runs\":[{\"run\":7}]}")
                .run();

        assertThat(run.problems()).hasSize(1);
    }

    private static PastRun run(String id) {
        return new PastRun(
                id, RUN.environment(), RUN.started(), RUN.verdict(), RUN.took(), RUN.suiteVersion(), RUN.results());
    }
}
