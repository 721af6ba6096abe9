package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alert rules that a Prometheus evaluates.
 *
 * @param behind from the name of an alert that fires to the answer to its breakdown, where its rule has one
 * @param watchedSince when this Prometheus was started
 * @param command the command that shows them by hand
 */
public record AlertRules(
        List<AlertRule> rules, Map<String, QueryAnswer> behind, Instant watchedSince, Instant at, String command) {
    /** The first scrapes are left a tenth of a rule's time. */
    private static final int FIRST_SCRAPES = 10;

    public AlertRules {
        rules = List.copyOf(rules);
        behind = Map.copyOf(behind);
    }

    AlertRules behind(Map<String, QueryAnswer> answers) {
        return new AlertRules(rules, answers, watchedSince, at, command);
    }

    public Optional<AlertRule> rule(String alert) {
        return rules.stream().filter(rule -> rule.name().equals(alert)).findFirst();
    }

    /** From when on the rule could fire if its condition held since this Prometheus was started. */
    public Instant couldFire(AlertRule rule) {
        return watchedSince.plus(rule.holdsFor()).plus(rule.holdsFor().dividedBy(FIRST_SCRAPES));
    }
}
