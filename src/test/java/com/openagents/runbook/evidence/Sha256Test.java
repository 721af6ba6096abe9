package com.openagents.runbook.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    @TempDir
    private Path folder;

    @Test
    void another_text_or_another_name_of_a_file_is_another_folder() throws IOException {
        var rules = Files.writeString(folder.resolve("rules.yaml"), "groups: []");
        var before = Sha256.ofFiles(folder);

        assertThat(Sha256.ofFiles(folder)).isEqualTo(before);
        Files.writeString(rules, "groups: [{}]");
        assertThat(Sha256.ofFiles(folder)).isNotEqualTo(before);
        Files.writeString(rules, "groups: []");
        Files.move(rules, folder.resolve("alerts.yaml"));
        assertThat(Sha256.ofFiles(folder)).isNotEqualTo(before);
    }

    @Test
    void files_with_another_ending_do_not_count() throws IOException {
        Files.writeString(folder.resolve("pods.feature"), "Feature: pods");
        var before = Sha256.ofFiles(folder, ".feature");

        Files.writeString(folder.resolve("pods.feature~"), "Feature: pots");
        assertThat(Sha256.ofFiles(folder, ".feature")).isEqualTo(before);
        Files.writeString(Files.createDirectory(folder.resolve("more")).resolve("jobs.feature"), "Feature: jobs");
        assertThat(Sha256.ofFiles(folder, ".feature")).isNotEqualTo(before);
    }

    @Test
    void of_nothing_there_is_none() {
        assertThatThrownBy(() -> Sha256.ofFiles(folder.resolve("gone")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone");
    }
}
