package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of faults leaves out no fault and no scenario; the proofs then try each row. */
class FaultTableTest {
    /** How a finding goes on that names an alert because it fires; others name alerts for their rules. */
    private static final String FIRES = "   (warning|critical), since.*";

    @Test
    void every_fault_is_proved() throws IOException {
        assertThat(FaultRow.table().map(FaultRow::fault).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Faults.all().stream().map(Faults.Entry::id).toList());
    }

    @Test
    void every_scenario_can_fail() throws IOException {
        Set<String> proved = FaultRow.table()
                .filter(row -> row.exit() == 1)
                .flatMap(row -> row.scenarios().stream())
                .collect(Collectors.toSet());
        try (var features = Files.list(Path.of("features"))) {
            for (var feature : features.toList()) {
                assertThat(Files.readAllLines(feature).stream()
                                .map(String::strip)
                                .filter(line -> line.startsWith("Scenario: "))
                                .map(line -> line.substring("Scenario: ".length())))
                        .isSubsetOf(proved);
            }
        }
    }

    /** A scenario that several of them name must say of each what it says of no other. */
    @Test
    void faults_that_are_put_in_together_can_be_told_apart() throws IOException {
        var groups = FaultRow.table()
                .filter(row -> row.together().isPresent())
                .collect(Collectors.groupingBy(row -> row.together().orElseThrow()))
                .values();

        assertThat(groups).isNotEmpty().allSatisfy(group -> {
            assertThat(group).hasSizeGreaterThan(1);
            for (var row : group) {
                for (var other : group) {
                    if (row != other && !Collections.disjoint(row.scenarios(), other.scenarios())) {
                        assertThat(row.scenarios()).as(row + " and " + other).hasSize(1);
                        assertThat(row.words()).as(row + " and " + other).doesNotContainAnyElementsOf(other.words());
                    }
                }
            }
        });
    }

    @Test
    void every_alert_fires_under_some_fault() throws IOException {
        var words = FaultRow.table()
                .filter(row -> row.exit() == 1)
                .flatMap(row -> row.words().stream())
                .toList();

        assertThat(alerts())
                .hasSize(16)
                .allSatisfy(alert -> assertThat(words).anyMatch(word -> word.matches(alert + FIRES)));
    }

    private static List<String> alerts() throws IOException {
        return Files.readAllLines(Path.of("environments/monitoring/runtime-alert-rules.yaml")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("- alert: "))
                .map(line -> line.substring("- alert: ".length()))
                .toList();
    }
}
