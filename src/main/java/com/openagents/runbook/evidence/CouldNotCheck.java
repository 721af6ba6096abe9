package com.openagents.runbook.evidence;

import org.opentest4j.TestAbortedException;

/**
 * A check that could not be made. It gives the verdict {@code incomplete}; the message is the reason, in words for the
 * person on call, with what to do about it.
 */
public final class CouldNotCheck extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    public CouldNotCheck(String reason) {
        super(reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
