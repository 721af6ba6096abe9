package com.openagents.runbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of which an alert of the real Prometheus tells, until it has ended after the fault was taken away. */
class AlertsProof {
    static Stream<FaultRow> rows() throws IOException {
        return FaultRow.table().filter(FaultRow::watchesAlerts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void the_alert_fires_and_ends(FaultRow row, @TempDir Path output) throws IOException {
        row.prove(output);
    }
}
