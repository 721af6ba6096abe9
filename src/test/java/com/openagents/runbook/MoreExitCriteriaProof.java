package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link ExitCriteriaProof}, the other incidents: both run side by side, for most of the time they wait. */
class MoreExitCriteriaProof {
    static Stream<List<FaultRow>> incidents() throws IOException {
        return FaultRow.incidents().skip(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incidents")
    void the_faults_are_found_and_the_exit_criteria_hold_without_them(List<FaultRow> incident, @TempDir Path output)
            throws IOException {
        FaultRow.rehearse(incident, output);
    }
}
