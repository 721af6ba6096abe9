package com.openagents.runbook.replica.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the programs come from. */
class MonitoringProgramsTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void programs_on_the_path_are_taken_and_nothing_is_fetched() throws IOException, ProgramsMissing {
        for (var name : List.of("prometheus", "promtool", "alertmanager")) {
            assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true))
                    .isTrue();
        }

        var programs = MonitoringPrograms.find(List.of(folder), new DistributionPackages(folder, said::add));

        assertThat(programs.alertmanager()).isEqualTo(folder.resolve("alertmanager"));
        assertThat(said).isEmpty();
    }

    @Test
    void without_them_the_packages_of_the_distribution_are_unpacked_by_lists_of_our_own() throws ProgramsMissing {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "this system has no apt");
        var none = folder.resolve("no-lists");

        var programs = MonitoringPrograms.find(
                List.of(), new DistributionPackages(folder, said::add, "-o", "Dir::State::lists=" + none));

        assertThat(programs.prometheus()).isExecutable().startsWith(folder);
        assertThat(said).hasSize(2).anySatisfy(line -> assertThat(line).contains("lists"));
        assertThat(folder).isDirectoryNotContaining("glob:**/unpacking-*");
    }

    @Test
    void when_they_cannot_be_had_the_reason_says_how_to_get_them() {
        assertThatThrownBy(() -> MonitoringPrograms.find(
                        List.of(),
                        new DistributionPackages(
                                folder,
                                said::add,
                                "-o",
                                "Dir::Etc::SourceList=/dev/null",
                                "-o",
                                "Dir::Etc::SourceParts=/dev/null",
                                "-o",
                                "Dir::State::lists=" + folder.resolve("lists"))))
                .isInstanceOf(ProgramsMissing.class)
                .hasMessageContaining("PATH")
                .hasMessageContaining("systems.prometheus.url");
    }
}
