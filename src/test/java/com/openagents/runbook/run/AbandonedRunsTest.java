package com.openagents.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedRunsTest {
    private static final String ID = "20261124T060000Z";

    private final List<Path> handedOn = new ArrayList<>();

    @TempDir
    private Path output;

    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectory(output.resolve(ID));
        Files.createFile(folder.resolve("run.ndjson"));
    }

    private void look() {
        AbandonedRuns.each(output, handedOn::add, (place, problem) -> {
            throw new AssertionError(place.toString(), problem);
        });
    }

    @Test
    void one_whose_process_is_gone_is_handed_on_once() throws IOException {
        Files.createFile(output.resolve("." + ID + ".lock"));
        Files.createFile(folder.resolve("report.html"));

        look();
        look();

        assertThat(handedOn).containsExactly(folder);
    }

    @Test
    void one_that_a_process_works_on_is_not() throws IOException {
        try (var lock = RunLock.take(folder).orElseThrow()) {
            look();
            assertThat(lock).isNotNull();
        }

        assertThat(handedOn).isEmpty();
    }

    @Test
    void a_lock_that_was_given_back_meanwhile_is_not_made_again() throws IOException {
        assertThat(RunLock.takeLeft(folder)).isEmpty();
        assertThat(RunLock.isThere(folder)).isFalse();
    }
}
