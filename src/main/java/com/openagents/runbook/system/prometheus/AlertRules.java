package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The alert rules that a Prometheus evaluates.
 *
 * @param command the command that shows them by hand
 */
public record AlertRules(List<AlertRule> rules, Instant at, String command) {
    public AlertRules {
        rules = List.copyOf(rules);
    }

    public Optional<AlertRule> rule(String alert) {
        return rules.stream().filter(rule -> rule.name().equals(alert)).findFirst();
    }
}
