package com.openagents.runbook.replica.runtime;

/** A part without which the service does not start. */
public final class BootFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String child;

    BootFailure(String child, Throwable cause) {
        super(
                "Application openagents_runtime exited: failed to start child: " + child + " (" + cause.getMessage()
                        + ")",
                cause);
        this.child = child;
    }

    String child() {
        return child;
    }
}
