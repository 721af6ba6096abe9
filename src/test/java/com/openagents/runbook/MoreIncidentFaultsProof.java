package com.openagents.runbook;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The other faults that show in what the runbook watches during incidents. */
class MoreIncidentFaultsProof extends IncidentFaultsProof {
    static Stream<List<FaultRow>> rows() throws IOException {
        return FaultRow.runs(row -> row.watchesTraffic() && row.sections().matches(LATER));
    }
}
