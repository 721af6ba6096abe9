package com.openagents.runbook.replica.runtime.runs;

/** An event that cannot be put into the protocol's shape; the stream that carries it is cut. */
final class AdapterError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdapterError(String message) {
        super(message, null, false, false);
    }
}
