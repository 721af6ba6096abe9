package com.openagents.runbook.replica.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** However the process that started a replica ends, nothing of the replica stays. */
class OrphanTest {
    private static final Duration CLEANED_UP = Duration.ofSeconds(15);

    @Test
    void nothing_stays_after_kill_9() throws Exception {
        try (var parent = Parent.with(List.of(), List.of())) {
            assertThat(parent.folder).exists();
            assertThat(ProcessHandle.of(parent.server)).isPresent();

            parent.process.destroyForcibly().waitFor();

            parent.assertNothingStays();
        }
    }

    @Test
    void nothing_stays_after_kill_9_while_the_server_is_stopped() throws Exception {
        try (var parent = Parent.with(List.of(), List.of("stopped"))) {
            assertThat(parent.folder).exists();

            parent.process.destroyForcibly().waitFor();

            parent.assertNothingStays();
        }
    }

    @Test
    void a_signal_to_the_process_group_leaves_the_server_to_the_shutdown_hooks() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid makes the process group");
        try (var parent = Parent.with(List.of("/usr/bin/setsid"), List.of())) {
            // As a terminal does on Ctrl-C; not INT, because a background job inherits it ignored.
            new ProcessBuilder("/bin/kill", "-TERM", "--", "-" + parent.process.pid())
                    .start()
                    .waitFor();
            assertThat(parent.process.waitFor(20, TimeUnit.SECONDS)).isTrue();

            assertThat(parent.process.exitValue()).isEqualTo(143);
            assertThat(parent.output.readLine()).isEqualTo("answers");
            parent.assertNothingStays();
        }
    }

    private static final class Parent implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;
        private final Path folder;
        private final long server;

        private Parent(Process process) throws IOException {
            this.process = process;
            this.output = process.inputReader();
            var said = output.readLine();
            assertThat(said)
                    .as("what the parent says when its replica is ready")
                    .isNotNull();
            this.folder = Path.of(said.split(" ")[0]);
            this.server = Long.parseLong(said.split(" ")[1]);
        }

        static Parent with(List<String> prefix, List<String> arguments) throws IOException {
            var command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ReplicaProcess.class.getName()));
            command.addAll(arguments);
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return new Parent(process);
            } catch (IOException | RuntimeException | AssertionError e) {
                process.destroyForcibly();
                throw e;
            }
        }

        void assertNothingStays() {
            Awaitility.await("the supervisor has cleaned up").atMost(CLEANED_UP).untilAsserted(() -> {
                assertThat(ProcessHandle.of(server)).isEmpty();
                assertThat(folder).doesNotExist();
            });
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
