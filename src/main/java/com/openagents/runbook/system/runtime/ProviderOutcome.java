package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.Answer;

/** What became of one call to a tool provider (contract 3.12, 8.3). */
public enum ProviderOutcome {
    SUCCEEDED,
    /** The provider, or what is needed to ask it, failed. */
    FAILED,
    /** The breaker is open: the provider was not asked. */
    LEFT_ALONE,
    /** The runtime did not come as far as the provider: it denied the call, or answered something else. */
    UNKNOWN;

    public static ProviderOutcome of(Answer answer) {
        return switch (answer.part("data.state").orElse("")) {
            case "succeeded" -> SUCCEEDED;
            case "failed" ->
                answer.part("data.provider_result.failure_reason")
                                .filter("provider_circuit_open"::equals)
                                .isPresent()
                        ? LEFT_ALONE
                        : FAILED;
            default -> UNKNOWN;
        };
    }
}
