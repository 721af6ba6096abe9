package com.openagents.runbook.replica.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaJvmTest {
    private static final ReplicaJvm.Training TRAINING =
            new ReplicaJvm.Training("hello", Hello.class.getName(), List.of("training"), Map.of(), 30);

    /** A program of its own: what it prints is what the test reads. */
    static final class Hello {
        public static void main(String[] arguments) {
            System.out.print("hello " + arguments[0]);
        }
    }

    @Test
    void starts_programs_from_an_archive_that_is_made_once(@TempDir Path cache) throws Exception {
        var first = ReplicaJvm.prepare(cache, TRAINING);
        var archive = first.archive().orElseThrow();
        var made = Files.getLastModifiedTime(archive);

        var second = ReplicaJvm.prepare(cache, TRAINING);

        assertThat(second.archive()).contains(archive);
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
        assertThat(output(second.commandLine(Hello.class.getName(), List.of("-Xshare:on"), List.of("world"))))
                .as("with -Xshare:on the machine refuses to start if the archive does not fit")
                .isEqualTo("hello world");
    }

    @Test
    void does_without_an_archive_where_none_can_be_made(@TempDir Path cache) throws Exception {
        var file = Files.createFile(cache.resolve("not-a-folder"));

        var jvm = ReplicaJvm.prepare(file, TRAINING);

        assertThat(jvm.archive()).isEmpty();
        assertThat(output(jvm.commandLine(Hello.class.getName(), List.of(), List.of("there"))))
                .isEqualTo("hello there");
    }

    private static String output(List<String> commandLine) throws IOException, InterruptedException {
        var process = new ProcessBuilder(commandLine).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
