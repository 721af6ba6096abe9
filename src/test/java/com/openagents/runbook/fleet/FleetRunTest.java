package com.openagents.runbook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FleetRunTest {
    private final StringWriter terminal = new StringWriter();

    @TempDir
    private Path folder;

    /** Says that it runs, and ends only when it is killed. */
    static final class Hung {
        public static void main(String[] arguments) throws InterruptedException {
            new PrintWriter(System.out, true).println("hangs");
            new CountDownLatch(1).await();
        }
    }

    /** Copies the record that it is told into its folder, and ends only when it is killed. */
    static final class Recorded {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            var words = List.of(arguments);
            var run = Path.of(words.get(words.indexOf("--output") + 1)).resolve("20261124T060000Z");
            Files.copy(
                    Path.of(words.get(words.indexOf("--record") + 1)),
                    Files.createDirectories(run).resolve(RunRecord.FILE));
            new CountDownLatch(1).await();
        }
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
        assertThat(terminal.toString()).contains("hung | It does not end by itself and is killed");
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
        var outcomes = fleet(Optional.of(Duration.ofSeconds(1)))
                .run(new TreeMap<>(Map.of("impossible", "a\0b", "other", "other.yaml")), List.of(), 1);

        assertThat(outcomes).extracting(Outcome::verdict).containsExactly("incomplete", "aborted");
        assertThat(terminal.toString()).contains("impossible | It could not be run: no process can be started: ");
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
