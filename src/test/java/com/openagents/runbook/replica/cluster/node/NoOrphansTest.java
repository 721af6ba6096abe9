package com.openagents.runbook.replica.cluster.node;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NoOrphansTest {
    private static final String DEAF = "trap '' TERM INT HUP; while :; do sleep 1; done";

    /** Runs a container process that heeds nothing, says its number, and stays. It is started by the test as a program. */
    static final class Parent {
        public static void main(String[] arguments) throws IOException {
            var log = new ContainerLog(Files.createTempFile("orphan", ".log"), Clock.systemUTC());
            var process = ContainerProcess.start(
                    List.of("/bin/sh", "-c", DEAF),
                    true,
                    Map.of("PATH", System.getenv("PATH")),
                    Path.of("."),
                    log,
                    Executors.newCachedThreadPool(),
                    code -> {});
            await(
                    "child",
                    () -> ProcessHandle.of(process.pid())
                                    .orElseThrow()
                                    .descendants()
                                    .count()
                            >= 3);
            var all = ProcessHandle.of(process.pid()).orElseThrow();
            // This is a process of its own; the test reads what it prints.
            System.out.println(all.pid() + " "
                    + String.join(
                            " ",
                            all.descendants()
                                    .map(handle -> String.valueOf(handle.pid()))
                                    .toList()));
        }
    }

    @Test
    void processes_of_containers_do_not_outlive_a_parent_that_is_killed() throws Exception {
        var parent = new ProcessBuilder(ReplicaJvm.plain().commandLine(Parent.class.getName(), List.of(), List.of()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        var numbers = List.of(out.readLine().split(" "));
        var children = numbers.stream()
                .map(number -> ProcessHandle.of(Long.parseLong(number)).orElseThrow())
                .toList();
        assertThat(children).allMatch(ProcessHandle::isAlive);

        parent.destroyForcibly().waitFor();

        // The innermost is a sleep of one second that nobody watches; it ends by itself.
        await("end of all", () -> children.stream().noneMatch(NoOrphansTest::isRunning));
    }

    @Test
    void what_a_container_started_ends_with_its_first_process() throws Exception {
        var ended = new CountDownLatch(1);
        var file = Files.createTempFile("orphan", ".log");
        ContainerProcess.start(
                List.of("/bin/sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $! > '" + file + "'"),
                true,
                Map.of("PATH", System.getenv("PATH")),
                Path.of("."),
                new ContainerLog(Files.createTempFile("orphan", ".log"), Clock.systemUTC()),
                Executors.newCachedThreadPool(),
                code -> ended.countDown());

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();

        var heir = ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
        await("end of what it left", () -> heir.filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void closing_the_cluster_leaves_no_process() {
        var before = ProcessHandle.current().descendants().toList();
        var cluster = SharedCluster.start(SharedCluster.SPEED);
        try {
            cluster.awaitReady(Duration.ofSeconds(60), line -> {});
            assertThat(ProcessHandle.current().descendants().filter(handle -> !before.contains(handle)))
                    .hasSizeGreaterThanOrEqualTo(2);
        } finally {
            cluster.close();
        }
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(handle -> !before.contains(handle))
                        .filter(NoOrphansTest::isRunning))
                .isEmpty();
    }

    private static boolean isRunning(ProcessHandle handle) {
        return handle.isAlive();
    }
}
