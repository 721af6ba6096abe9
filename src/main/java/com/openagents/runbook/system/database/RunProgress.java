package com.openagents.runbook.system.database;

import java.util.Set;

/**
 * How far a run has come.
 *
 * @param leaseOwner who executes it; empty if nobody does now
 * @param latestSequence the number of its last event
 */
public record RunProgress(String runId, String status, String leaseOwner, long latestSequence, String command) {
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled");

    public boolean hasEnded() {
        return ENDED.contains(status);
    }

    /** Whether somebody else executes it, or it has come to an end after all. */
    public boolean wentOnSince(RunProgress before) {
        return latestSequence > before.latestSequence && (hasEnded() || !leaseOwner.equals(before.leaseOwner));
    }
}
