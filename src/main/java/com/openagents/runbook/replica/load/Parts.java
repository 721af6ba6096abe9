package com.openagents.runbook.replica.load;

import java.util.concurrent.CompletionException;

/** What all kinds of traffic share. */
record Parts(LoadOptions options, Wire wire, Clock clock, RunRows rows, Tally tally) {

    /** Counts a failure under what was done, or under what the runtime answered. */
    void failed(String what, Throwable problem) {
        var cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        tally.failed(
                cause instanceof Wire.UnexpectedAnswer
                        ? cause.getMessage()
                        : what + ": " + cause.getClass().getSimpleName());
    }
}
