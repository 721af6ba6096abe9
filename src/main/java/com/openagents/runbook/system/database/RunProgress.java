package com.openagents.runbook.system.database;

import java.util.Map;
import java.util.Set;

/**
 * How far a run has come.
 *
 * @param leaseOwner who executes it; empty if nobody does now
 * @param latestSequence the number of its last event
 */
public record RunProgress(String runId, String status, String leaseOwner, long latestSequence, String command) {
    private static final String SELECT =
            "select r.run_id, r.status, coalesce(l.lease_owner, '') as lease_owner, r.latest_seq"
                    + " from runtime.runs r left join runtime.run_leases l using (run_id)";

    /** Asks for the run whose lease goes on longest. */
    static final String EXECUTED = SELECT + " where l.lease_expires_at > timezone('utc', now())"
            + " and r.status not in ('succeeded', 'failed', 'canceled') order by l.lease_expires_at desc limit 1";

    private static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled");

    /** @param runId as an SQL literal */
    static String sql(String runId) {
        return SELECT + " where r.run_id = " + runId;
    }

    static RunProgress of(Map<String, String> row, String command) {
        return new RunProgress(
                row.get("run_id"),
                row.get("status"),
                row.get("lease_owner"),
                Long.parseLong(row.get("latest_seq")),
                command);
    }

    public boolean hasEnded() {
        return ENDED.contains(status);
    }

    /** Whether somebody else executes it, or it has come to an end after all. */
    public boolean wentOnSince(RunProgress before) {
        return latestSequence > before.latestSequence && (hasEnded() || !leaseOwner.equals(before.leaseOwner));
    }
}
