package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that shows in what the runbook watches during incidents. Apart from the others, so that they run side by side. */
class IncidentFaultsProof {
    /** The sections of the other half, in a process beside this one. */
    static final String LATER = "4[C-G].*";

    static Stream<List<FaultRow>> rows() throws IOException {
        return FaultRow.runs(row -> row.watchesTraffic() && !row.sections().matches(LATER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void exactly_the_intended_scenarios_fail(List<FaultRow> rows, @TempDir Path output) throws IOException {
        FaultRow.prove(rows, output);
    }
}
