package com.openagents.runbook.environment;

/** An environment that is right as it is written but did not open. The message says what was tried and what happened. */
public final class EnvironmentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnvironmentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
