package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.safety.ClientsReport;
import java.util.ArrayList;
import org.assertj.core.api.AbstractAssert;

/** Judges what clients saw while a drill went on: every update once and in order (contract 14). */
public final class ClientsReportAssert extends AbstractAssert<ClientsReportAssert, ClientsReport> {
    ClientsReportAssert(ClientsReport actual) {
        super(actual, ClientsReportAssert.class);
    }

    /**
     * That nothing was lost, nothing came twice, and every run came to its end.
     *
     * @throws CouldNotCheck if nothing came and nothing was begun, for then nothing could be lost
     */
    public ClientsReportAssert sawEverythingOnce() {
        if (actual.updates() == 0 || actual.runsBegun() == 0) {
            throw new CouldNotCheck(
                    "no client saw an update, or no run was begun, while the drill went on: " + actual.refusals());
        }
        long unfinished = actual.runsBegun() - actual.runsFinished();
        if (actual.lost() > 0 || actual.repeated() > 0 || unfinished > 0) {
            var details = new ArrayList<String>();
            details.add(actual.lost() + "   never came to a client that should have had them");
            details.add(actual.repeated() + "   came to the same client more than once");
            details.add(
                    unfinished + " of " + actual.runsBegun() + "   runs did not come to an end that their client saw");
            details.add("sockets that broke were live again: " + actual.recovery());
            details.add("refused meanwhile: " + actual.refusals());
            throw new FindingError(new Finding(
                    "No client loses an update or sees one twice",
                    actual.lost() + " lost and " + actual.repeated() + " twice, of " + actual.updates() + "; "
                            + unfinished + " of " + actual.runsBegun() + " runs without an end",
                    details,
                    "8.5",
                    "do not promote this release; find where topic and sequence stop being monotonic",
                    "./runbook run --section 4G"));
        }
        return this;
    }
}
