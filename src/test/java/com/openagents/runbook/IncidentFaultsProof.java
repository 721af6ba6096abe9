package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that shows in what the runbook watches during incidents. Apart from the others, so that they run side by side. */
class IncidentFaultsProof {
    static Stream<FaultRow> rows() throws IOException {
        return FaultRow.table()
                .filter(row -> row.watchesTraffic() && row.incident().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void exactly_the_intended_scenarios_fail(FaultRow row, @TempDir Path output) throws IOException {
        row.prove(output);
    }
}
