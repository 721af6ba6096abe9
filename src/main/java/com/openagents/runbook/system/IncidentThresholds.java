package com.openagents.runbook.system;

import java.time.Duration;

/**
 * Where the checks of section 4 turn from passed to failed. The runbook names no number but the 15 minutes; the others are
 * the service's own settings, or ours.
 *
 * @param window how far back is looked
 * @param few so many of a kind within the window are no incident yet
 * @param share above this percentage canceled runs, failed tool calls and streams left by their clients are one
 * @param staleLease how long after its end a lease may wait for the janitor: its round and its cool-down, and some more
 * @param toolBudget how long a tool may take
 * @param budgetRoom the percentage of a delegated budget that should be left
 * @param retentionHorizon how old rows of the sync journal become
 * @param heartbeat how often the sync socket sends its heartbeat
 */
public record IncidentThresholds(
        Duration window,
        int few,
        int share,
        Duration staleLease,
        Duration toolBudget,
        int budgetRoom,
        Duration retentionHorizon,
        Duration heartbeat) {
    public static final IncidentThresholds DEFAULT = new IncidentThresholds(
            Duration.ofMinutes(15),
            10,
            20,
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            10,
            Duration.ofDays(1),
            Duration.ofSeconds(15));
}
