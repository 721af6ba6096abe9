package com.openagents.runbook.cli;

/** The exit codes that are not verdicts. */
final class ExitCode {
    /** Usage or configuration error; nothing was touched. */
    static final int USAGE = 2;

    /** Something could not be checked. */
    static final int NOT_CHECKED = 3;
    /** Ended by Ctrl-C or SIGTERM. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
