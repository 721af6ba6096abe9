package com.openagents.runbook.system.database;

import java.time.Duration;

/**
 * Where the checks of incidents turn. The runbook looks back 15 minutes; the other numbers are ours where it names none.
 *
 * @param window how far back they look
 * @param leaseBound how long after its end a lease may wait for the janitor: its round of 5 s, its pause of 30 s, and room
 * @param toolBudget how long a tool call may go on
 * @param retentionHorizon how old a sync row may become: a day, and a round of the job
 * @param cancelPercent how many of a hundred runs may be canceled
 * @param failurePercent how many of a hundred tool calls may end badly
 * @param denialPercent how many of a hundred policy decisions may be denials (alert 7)
 * @param budgetPercent how much of a budget may be used
 * @param fewest below so many, a share says nothing
 */
public record IncidentThresholds(
        Duration window,
        Duration leaseBound,
        Duration toolBudget,
        Duration retentionHorizon,
        int cancelPercent,
        int failurePercent,
        int denialPercent,
        int budgetPercent,
        int fewest) {
    public static final IncidentThresholds DEFAULT = new IncidentThresholds(
            Duration.ofMinutes(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofHours(24).plusMinutes(2),
            30,
            20,
            5,
            90,
            10);
}
