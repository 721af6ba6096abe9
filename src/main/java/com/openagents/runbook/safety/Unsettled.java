package com.openagents.runbook.safety;

/** The runtime did not settle after a change within its time. That is for the check that made the change to judge. */
final class Unsettled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsettled(String problem) {
        super(problem, null, false, false);
    }
}
