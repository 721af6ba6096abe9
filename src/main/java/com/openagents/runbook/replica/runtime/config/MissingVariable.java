package com.openagents.runbook.replica.runtime.config;

/** A required variable is absent; the message is the one the service prints at boot (contract 0.3). */
public final class MissingVariable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingVariable(String name, String advice) {
        super("environment variable " + name + " is missing." + (advice.isEmpty() ? "" : "\n" + advice));
    }
}
