package com.openagents.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldRunsTest {
    @TempDir
    private Path output;

    @Test
    void only_the_newest_stay_and_what_is_no_run_stays_too() throws IOException {
        for (var name : List.of("20261128T234104Z", "20261128T234104Z-2", "20261129T000000Z", "history", "20261128")) {
            Files.writeString(Files.createDirectory(output.resolve(name)).resolve("file"), name);
        }
        Files.createSymbolicLink(output.resolve("latest"), Path.of("20261129T000000Z"));

        OldRuns.remove(output, 2);

        try (var left = Files.list(output)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "20261128T234104Z-2", "20261129T000000Z", "history", "20261128", "latest");
        }
    }

    @Test
    void one_that_cannot_be_removed_is_said_and_keeps_no_other() throws IOException {
        for (var name : List.of("20261126T000000Z", "20261127T000000Z", "20261128T000000Z")) {
            Files.createDirectory(output.resolve(name));
        }
        Files.createDirectory(output.resolve(".20261127T000000Z.lock"));

        assertThatThrownBy(() -> OldRuns.remove(output, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("20261127T000000Z");

        assertThat(output.resolve("20261126T000000Z")).doesNotExist();
        assertThat(output.resolve("20261128T000000Z")).exists();
    }

    @Test
    void where_nothing_was_kept_yet_nothing_is_removed() throws IOException {
        OldRuns.remove(output.resolve("none"), 1);

        assertThat(output).isEmptyDirectory();
    }
}
