package com.openagents.runbook.cli;

/** What was asked for cannot be done as it was asked; nothing was touched. The message says why, and what would do. */
final class UsageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageProblem(String message) {
        super(message);
    }
}
