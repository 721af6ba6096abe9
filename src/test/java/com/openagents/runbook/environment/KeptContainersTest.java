package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptContainersTest {
    @TempDir
    private Path folder;

    @Test
    void another_text_or_another_name_of_a_file_is_another_folder() throws IOException {
        var rules = Files.writeString(folder.resolve("rules.yaml"), "groups: []");
        var before = KeptContainers.hash(folder);

        assertThat(KeptContainers.hash(folder)).isEqualTo(before);
        Files.writeString(rules, "groups: [{}]");
        assertThat(KeptContainers.hash(folder)).isNotEqualTo(before);
        Files.writeString(rules, "groups: []");
        Files.move(rules, folder.resolve("alerts.yaml"));
        assertThat(KeptContainers.hash(folder)).isNotEqualTo(before);
    }

    @Test
    void what_an_engine_refuses_is_told_with_what_to_do() {
        assertThatThrownBy(() -> ContainersStart.told("what is kept could not be ended", () -> {
                    throw new IllegalStateException("write /var/lib/docker/x: no space left on device");
                }))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith("what is kept could not be ended: the disk of the Docker engine is full");
    }
}
