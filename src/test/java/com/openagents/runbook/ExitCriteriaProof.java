package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        return FaultRow.incidents().limit(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incidents")
    void the_faults_are_found_and_the_exit_criteria_hold_without_them(List<FaultRow> incident, @TempDir Path output)
            throws IOException {
        FaultRow.rehearse(incident, output);
    }
}
