package com.openagents.runbook.environment;

import java.util.List;

/** An environment that cannot be used as it is written. The message says where, what was expected and what was seen. */
public final class EnvironmentProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnvironmentProblem(String message) {
        super(message);
    }

    /** @param problems each with its place; one line or more each */
    public EnvironmentProblem(List<String> problems) {
        super(String.join("\n", problems));
    }
}
