package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that shows in the cluster, the database, the working copy or a gate. */
class FaultsProof {
    static Stream<List<FaultRow>> rows() throws IOException {
        return FaultRow.runs(row -> !row.watchesTraffic() && !row.isDrill());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void exactly_the_intended_scenarios_fail(List<FaultRow> rows, @TempDir Path output) throws IOException {
        FaultRow.prove(rows, output);
    }
}
