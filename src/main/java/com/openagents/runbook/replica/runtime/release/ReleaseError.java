package com.openagents.runbook.replica.runtime.release;

/** A release command that failed, with the exception it would have raised. */
final class ReleaseError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String kind;

    ReleaseError(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
