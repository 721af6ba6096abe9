package com.openagents.runbook.replica.checkout;

/** A task that ends with status 1; the message is what it prints, without secrets. */
final class MixError extends Exception {
    private static final long serialVersionUID = 1L;

    MixError(String message) {
        super(message, null, false, false);
    }
}
