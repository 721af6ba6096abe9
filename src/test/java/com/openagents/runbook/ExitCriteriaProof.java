package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several faults at a time, as incidents come: the real Prometheus tells of those that an alert is on, exactly the intended
 * scenarios fail, and after the faults were taken away the exit criteria hold.
 */
class ExitCriteriaProof {
    static Stream<List<FaultRow>> incidents() throws IOException {
        return FaultRow.table()
                .filter(row -> row.incident().isPresent())
                .collect(Collectors.groupingBy(row -> row.incident().orElseThrow(), TreeMap::new, Collectors.toList()))
                .values()
                .stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incidents")
    void the_faults_are_found_and_the_exit_criteria_hold_without_them(List<FaultRow> incident, @TempDir Path output)
            throws IOException {
        FaultRow.rehearse(incident, output);
    }
}
