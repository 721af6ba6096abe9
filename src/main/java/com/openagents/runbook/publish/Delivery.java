package com.openagents.runbook.publish;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How handing something over went.
 *
 * @param to who it was for, for example {@code pushgateway}
 * @param what was handed over, in words, for example {@code 2 changes}
 * @param attempts how often it was tried
 * @param problem why it did not arrive; empty if it did
 */
public record Delivery(String to, String what, int attempts, String problem) {
    @JsonProperty
    public boolean delivered() {
        return problem.isEmpty();
    }

    /** One line for people. */
    public String line() {
        return delivered()
                ? "Told " + to + ": " + what
                : "Not told " + to + " (" + what + ", tried " + (attempts == 1 ? "once" : attempts + " times") + "): "
                        + problem;
    }
}
