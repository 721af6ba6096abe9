package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;

/**
 * What a Prometheus scrapes.
 *
 * @param command the command that shows it by hand
 */
public record Targets(List<Target> targets, Instant at, String command) {
    public Targets {
        targets = List.copyOf(targets);
    }
}
