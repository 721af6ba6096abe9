package com.openagents.runbook;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The other incidents, in a process beside that one, for most of the time they wait. */
class MoreExitCriteriaProof extends ExitCriteriaProof {
    static Stream<List<FaultRow>> incidents() throws IOException {
        return FaultRow.incidents().skip(4);
    }
}
