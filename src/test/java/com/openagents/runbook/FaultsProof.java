package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that shows in the cluster, the database, the working copy or a gate. */
class FaultsProof {
    static Stream<FaultRow> rows() throws IOException {
        return FaultRow.table().filter(row -> !row.watchesTraffic() && !row.isDrill());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void exactly_the_intended_scenarios_fail(FaultRow row, @TempDir Path output) throws IOException {
        row.prove(output);
    }
}
