package com.openagents.runbook.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.DrillProcess;
import com.openagents.runbook.environment.FileOperator;
import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each drill is made by a process of its own, which is killed by SIGKILL at every step of its journal, one after the other;
 * each time recovery brings everything back. Once it is ended by SIGTERM, and brings everything back by itself.
 * Apart from its proof, which begins early, for it takes long.
 */
@ExtendWith(SharedCluster.class)
public abstract class KilledDrills {
    private static final long LIMIT_SECONDS = 120;
    private static final int NEVER = Integer.MAX_VALUE;

    private static DatabaseReplica database;

    private final DrillPlace place;

    protected KilledDrills(SharedCluster.Lab lab) throws IOException {
        place = DrillPlace.chosen(lab);
    }

    @BeforeAll
    static void startDatabase() {
        database = DatabaseReplica.start(DatabaseOptions.defaults());
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    /** @param steps how many times the journal in the cluster was written, changed or removed */
    private record Played(int exit, int steps) {}

    @ParameterizedTest
    @EnumSource
    void whatever_moment_it_is_killed_everything_comes_back(
            DrillProcess.Kind drill, @TempDir Path folder, TestReporter reporter) throws Exception {
        var name = "drill-" + drill.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-"
                + ProcessHandle.current().pid();
        var namespace = DrillNamespace.in(place, name, database, folder);
        try {
            killAtEveryStep(drill, namespace, reporter);
        } finally {
            place.remove(name);
        }
    }

    private void killAtEveryStep(DrillProcess.Kind drill, DrillNamespace namespace, TestReporter reporter)
            throws Exception {
        namespace.operator().restoreControlPlane();
        var before = Before.of(namespace);

        var whole = play(drill, namespace, NEVER, Process::destroyForcibly);
        assertThat(whole.exit()).as("the drill as a whole").isZero();
        before.assertHolds(namespace);

        for (int step = 1; step <= whole.steps(); step++) {
            namespace.awaitSteady();
            var killed = play(drill, namespace, step, Process::destroyForcibly);
            // Half of the recoveries know the journal of the cluster only, as on another machine.
            recover(namespace, step % 2 == 0 ? "killed" : "another machine");
            assertThat(killed.exit()).as("killed at step " + step).isIn(137, 0);
            before.assertHolds(namespace);
        }

        namespace.awaitSteady();
        var asked = play(drill, namespace, Math.max(1, whole.steps() / 2), Process::destroy);
        assertThat(asked.exit()).as("SIGTERM").isIn(143, 0);
        assertThat(namespace
                        .client()
                        .leases()
                        .inNamespace(namespace.name())
                        .list()
                        .getItems())
                .isEmpty();
        before.assertHolds(namespace);
        reporter.publishEntry(drill + ": killed at each of " + whole.steps() + " steps of the journal");
    }

    private static void recover(DrillNamespace namespace, String machine) {
        // The lock of the killed run would expire by itself.
        namespace.client().leases().inNamespace(namespace.name()).delete();

        var report = new Recovery(namespace.ground(machine), said -> {}).run("a test");

        assertThat(report.problems()).isEmpty();
    }

    /** What must be as it was: object by object, row by row. */
    private record Before(NamespaceState namespace, Map<String, String> secret, Map<String, String> rows) {
        static Before of(DrillNamespace namespace) throws SQLException {
            return new Before(
                    NamespaceState.of(namespace.ground("anywhere")),
                    namespace.secret().getData(),
                    DatabaseRows.of(database));
        }

        void assertHolds(DrillNamespace place) throws SQLException {
            assertThat(NamespaceState.of(place.ground("anywhere")).since(namespace))
                    .isEmpty();
            assertThat(place.secret().getData()).isEqualTo(secret);
            assertThat(place.client()
                            .configMaps()
                            .inNamespace(place.name())
                            .withName(JournalMap.NAME)
                            .get())
                    .isNull();
            assertThat(place.operator().now()).isEqualTo(FileOperator.FIRST);
            assertThat(DatabaseRows.of(database)).isEqualTo(rows);
            var role = DatabaseReplica.RUNTIME_APP;
            DriverManager.getConnection(database.jdbcUrl(DatabaseReplica.DEV), role, database.password(role))
                    .close();
        }
    }

    private interface End {
        void of(Process process);
    }

    /** @param step at which the process is ended */
    private Played play(DrillProcess.Kind drill, DrillNamespace namespace, int step, End end)
            throws IOException, InterruptedException {
        var process = start(drill, namespace);
        var steps = new AtomicInteger();
        var watch = namespace
                .client()
                .configMaps()
                .inNamespace(namespace.name())
                .withName(JournalMap.NAME)
                .watch(new Watcher<ConfigMap>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap journal) {
                        if (steps.incrementAndGet() == step) {
                            end.of(process);
                        }
                    }

                    @Override
                    public void onClose(WatcherException closed) {
                        // The test closes it.
                    }
                });
        try (watch) {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("the drill to end")
                    .isTrue();
            return new Played(process.exitValue(), steps.get());
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(DrillProcess.Kind drill, DrillNamespace namespace) throws IOException {
        var ground = namespace.ground("killed");
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.util.logging.config.file=src/main/resources/com/openagents/runbook/logging.properties",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DrillProcess.class.getName(),
                        drill.name(),
                        place.kubeconfig().toString(),
                        namespace.name(),
                        ground.journals().toString(),
                        database.jdbcUrl(DatabaseReplica.DEV))
                .inheritIO()
                .start();
    }
}
