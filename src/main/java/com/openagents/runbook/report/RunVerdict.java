package com.openagents.runbook.report;

import java.util.Locale;

/** What a run says as a whole, and the exit code of the program that made it. */
public enum RunVerdict {
    PASSED(0),
    /** Whatever did not pass is waived; it is never called passed without saying so. */
    WAIVED(0),
    /** A plan touches nothing and proves nothing; it never counts as passed. */
    PLANNED(0),
    FAILED(1),
    /** A selection that matches no scenario is an error, not a success. */
    NOTHING_SELECTED(2),
    INCOMPLETE(3),
    ABORTED(130);

    private final int exitCode;

    RunVerdict(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The word used in reports and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
