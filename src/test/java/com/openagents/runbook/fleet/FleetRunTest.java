package com.openagents.runbook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private FleetRun fleet(Optional<Duration> patience) {
        return new FleetRun(new JavaProgram(Hung.class.getName()), folder, patience, new PrintWriter(terminal, true));
    }

    @Test
    void one_that_does_not_end_is_killed_and_counts_as_aborted() {
        var outcomes = fleet(Optional.of(Duration.ofSeconds(1))).run(Map.of("hung", "hung.yaml"), List.of(), 1);

        assertThat(outcomes).singleElement().extracting(Outcome::verdict).isEqualTo("aborted");
        assertThat(Outcome.exitCode(outcomes)).isEqualTo(130);
        assertThat(terminal.toString()).contains("hung | It does not end by itself and is killed");
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
