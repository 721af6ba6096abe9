package com.openagents.runbook.triage;

import java.util.List;

/**
 * Something that is probably wrong.
 *
 * @param what in a sentence without full stop
 * @param restsOn what was seen that says so
 * @param statement the statement of the runbook to go to
 * @param see the command that shows it by hand, empty if there is none
 */
record Suspicion(String what, List<String> restsOn, String statement, String see) {
    Suspicion {
        restsOn = List.copyOf(restsOn);
    }
}
