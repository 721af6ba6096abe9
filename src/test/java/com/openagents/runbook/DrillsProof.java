package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill fails where what it is about is broken, with the right finding. */
class DrillsProof {
    static Stream<FaultRow> rows() throws IOException {
        return FaultRow.table().filter(FaultRow::isDrill);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void exactly_the_intended_drill_fails(FaultRow row, @TempDir Path output) throws IOException {
        row.prove(output);
    }
}
