package com.openagents.runbook.triage;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.time.Instant;
import java.util.List;

/** Where the active alerts come from (runbook 3.1). */
@FunctionalInterface
public interface AlertSource {
    /** @throws CouldNotCheck if they cannot be had, with the reason */
    List<Alert> active();

    /** @param since when the alert began, the start of the time frame that it affects */
    record Alert(String name, String severity, String state, Instant since, String summary) {}

    /** For environments that have no place to ask for alerts. */
    static AlertSource notOffered() {
        return () -> {
            throw new CouldNotCheck("not offered: triage has no Alertmanager to ask");
        };
    }
}
