package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.Map;

/**
 * An alert whose condition holds.
 *
 * @param state {@code pending} or {@code firing}
 * @param since when the condition began to hold
 * @param value what the query gave last
 */
public record ActiveAlert(Map<String, String> labels, String state, Instant since, String value) {
    public ActiveAlert {
        labels = Map.copyOf(labels);
    }
}
