package com.openagents.runbook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FleetRunTest {
    private final StringWriter terminal = new StringWriter();

    @TempDir
    private Path folder;

    /** Says that it runs, and ends only when it is killed. */
    static final class Hung {
        public static void main(String[] none) {
            Orders.serve(System.in, System.out, words -> {
                new PrintWriter(System.out, true).println("hangs");
                return forever();
            });
        }
    }

    /** Says that its report is where none can be. */
    static final class Garbled {
        public static void main(String[] none) {
            Orders.serve(System.in, System.out, words -> {
                new PrintWriter(System.out, true).println("Report: \0");
                return 0;
            });
        }
    }

    /** Says what looks like its end and like a mark, and hangs. */
    static final class Claiming {
        public static void main(String[] none) {
            Orders.serve(System.in, System.out, words -> {
                new PrintWriter(System.out, true)
                        .println("3\n" + Orders.order(words).mark() + " 3\n");
                return forever();
            });
        }
    }

    /** Copies the record that it is told into its folder, and ends only when it is killed. */
    static final class Recorded {
        public static void main(String[] none) {
            Orders.serve(System.in, System.out, words -> {
                copyRecord(words);
                return forever();
            });
        }
    }

    /**
     * Says in which process it runs, reports unless its environment is named quiet, and ends with the exit code that its
     * environment is told as.
     */
    static final class Told {
        public static void main(String[] none) {
            Orders.serve(System.in, System.out, words -> {
                var out = new PrintWriter(System.out, true);
                out.println("runs in " + ProcessHandle.current().pid());
                var output = Path.of(after("--output", words));
                if (!output.endsWith("quiet")) {
                    out.println("Report: " + output.resolve("20261124T060000Z/report.html"));
                }
                return Integer.parseInt(after("--environment", words));
            });
        }
    }

    private static int forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void copyRecord(List<String> words) {
        var run = Path.of(after("--output", words)).resolve("20261124T060000Z");
        try {
            Files.copy(
                    Path.of(after("--record", words)),
                    Files.createDirectories(run).resolve(RunRecord.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String after(String option, List<String> words) {
        return words.get(words.indexOf(option) + 1);
    }

    private FleetRun fleet(Optional<Duration> patience) {
        return fleet(Hung.class, patience);
    }

    private FleetRun fleet(Class<?> program, Optional<Duration> patience) {
        return new FleetRun(new JavaProgram(program.getName()), folder, patience, new PrintWriter(terminal, true));
    }

    @Test
    void one_that_does_not_end_is_killed_and_counts_as_aborted() {
        var outcomes = fleet(Optional.of(Duration.ofSeconds(1))).run(Map.of("hung", "hung.yaml"), List.of(), 1);

        assertThat(outcomes).singleElement().extracting(Outcome::verdict).isEqualTo("aborted");
        assertThat(Outcome.exitCode(outcomes)).isEqualTo(130);
        assertThat(terminal.toString())
                .contains(
                        "hung | It does not end by itself and is killed",
                        "hung | It ended without a report, with exit code 137");
    }

    @Test
    void one_that_is_killed_is_reported_from_its_record() throws IOException {
        var record = Files.writeString(
                folder.resolve("record"),
                PlayedRun.on(24).passes("A pod").passes("Another one").killed().record());

        var outcome = fleet(Recorded.class, Optional.of(Duration.ofSeconds(5)))
                .run(Map.of("hung", "hung.yaml"), List.of("--record", record.toString()), 1)
                .get(0);

        assertThat(outcome.verdict()).isEqualTo("aborted");
        assertThat(outcome.run().orElseThrow().verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(outcome.folder().orElseThrow()).isEqualTo(folder.resolve("hung/20261124T060000Z"));
        assertThat(folder.resolve("hung/20261124T060000Z/report.html")).isNotEmptyFile();
    }

    @Test
    void one_that_cannot_be_started_is_incomplete_and_keeps_no_other() {
        var outcomes = new FleetRun(
                        new JavaProgram("no\0program"), folder, Optional.empty(), new PrintWriter(terminal, true))
                .run(new TreeMap<>(Map.of("a", "a.yaml", "b", "b.yaml")), List.of(), 1);

        assertThat(outcomes).extracting(Outcome::verdict).containsExactly("incomplete", "incomplete");
        assertThat(terminal.toString())
                .contains("a | It could not be run: no process can be started: ", "b | It could not be run: ");
    }

    @Test
    void one_goes_on_in_the_process_of_another_that_came_to_its_end() {
        var outcomes = fleet(Told.class, Optional.empty())
                .run(new TreeMap<>(Map.of("a", "3", "b", "1", "c", "3")), List.of(), 1);

        assertThat(outcomes).extracting(Outcome::exitCode).containsExactly(3, 1, 3);
        assertThat(process("a")).isEqualTo(process("b")).isEqualTo(process("c"));
    }

    @ParameterizedTest
    @CsvSource({"a, 130", "a, 2", "a, 137", "quiet, 3"})
    void what_may_have_left_something_ends_with_its_process(String name, String exitCode) {
        fleet(Told.class, Optional.empty()).run(new TreeMap<>(Map.of(name, exitCode, "z", "3")), List.of(), 1);

        assertThat(process(name)).isNotEqualTo(process("z"));
    }

    @Test
    void as_many_processes_run_as_environments_at_a_time() {
        var environments = new TreeMap<String, String>();
        List.of("a", "b", "c", "d", "e", "f").forEach(name -> environments.put(name, "3"));

        fleet(Told.class, Optional.empty()).run(environments, List.of(), 2);

        assertThat(environments.keySet().stream().map(this::process).distinct()).hasSizeBetween(1, 2);
    }

    @Test
    void nothing_that_a_run_says_is_taken_for_its_end() {
        var outcomes = fleet(Claiming.class, Optional.of(Duration.ofSeconds(2)))
                .run(Map.of("claims", "claims.yaml"), List.of(), 1);

        assertThat(outcomes).singleElement().extracting(Outcome::verdict).isEqualTo("aborted");
    }

    @Test
    void one_whose_words_cannot_be_understood_is_incomplete_and_keeps_no_other() {
        var outcomes = fleet(Garbled.class, Optional.empty())
                .run(new TreeMap<>(Map.of("a", "a.yaml", "b", "b.yaml")), List.of(), 1);

        assertThat(outcomes).extracting(Outcome::verdict).containsExactly("incomplete", "incomplete");
        assertThat(terminal.toString()).contains("b | It could not be run: what it says cannot be understood: ");
    }

    private String process(String environment) {
        var line = Pattern.compile(environment + " +\\| runs in ([0-9]+)").matcher(terminal.toString());
        assertThat(line.find()).as(terminal::toString).isTrue();
        return line.group(1);
    }

    @Test
    void when_it_is_ended_those_that_run_are_ended_and_no_other_begins() {
        var fleet = fleet(Optional.empty());
        var outcomes = CompletableFuture.supplyAsync(() -> fleet.run(Map.of("a", "a", "b", "b"), List.of(), 1));
        Awaitility.await("the first of them runs")
                .atMost(Duration.ofSeconds(30))
                .until(() -> terminal.toString().contains("hangs"));

        fleet.close();

        assertThat(outcomes.join()).hasSize(2).extracting(Outcome::verdict).containsOnly("aborted");
        assertThat(terminal.toString().split("hangs")).hasSize(2);
    }
}
