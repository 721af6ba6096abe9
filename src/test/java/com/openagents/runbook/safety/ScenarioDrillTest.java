package com.openagents.runbook.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What clients must have done after a change before a drill may pass. */
@ExtendWith(SharedCluster.class)
class ScenarioDrillTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final List<Evidence> evidence = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private DrillSession session;

    @BeforeEach
    void open(Lab lab) {
        var ground = BareGround.of(lab.cluster().client(), lab.newNamespace(), folder);
        session = DrillSession.open(ground, "run-1", "ann", new Redactor(), waitedFor -> {});
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void clients_that_begin_another_run_show_what_new_runs_lose() {
        var scenario = scenario(clock::getAndIncrement, clock::getAndIncrement);

        scenario.keepClients(KEPT);

        assertThatCode(scenario::requireAnotherRun).doesNotThrowAnyException();
        assertThat(evidence)
                .singleElement()
                .satisfies(seen -> assertThat(seen.seen())
                        .singleElement()
                        .satisfies(row -> assertThat(row.get("runs begun")).isNotEqualTo("0")));
    }

    @Test
    void clients_whose_runs_all_wait_prove_nothing() {
        var scenario = scenario(() -> 6, clock::getAndIncrement);

        scenario.keepClients(KEPT);

        assertThatThrownBy(scenario::requireAnotherRun)
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("no client began another run within 1 s after the change");
    }

    @Test
    void clients_to_which_nothing_comes_prove_nothing() {
        var scenario = scenario(clock::getAndIncrement, () -> 40);

        assertThatThrownBy(() -> scenario.keepClients(KEPT))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("nothing came to the clients");
    }

    private ScenarioDrill scenario(LongSupplier runsBegun, LongSupplier updates) {
        var scenario =
                new ScenarioDrill(() -> session, () -> new CountedClients(runsBegun, updates), evidence::add, LIMIT);
        scenario.beginClients();
        return scenario;
    }

    private record CountedClients(LongSupplier begun, LongSupplier came) implements Clients {
        @Override
        public long updates() {
            return came.getAsLong();
        }

        @Override
        public long runsBegun() {
            return begun.getAsLong();
        }

        @Override
        public ClientsReport stop() {
            throw new UnsupportedOperationException("they are not stopped here");
        }

        @Override
        public void close() {
            // They only count.
        }
    }
}
