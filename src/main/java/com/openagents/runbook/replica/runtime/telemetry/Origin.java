package com.openagents.runbook.replica.runtime.telemetry;

/**
 * What a thing that happened belongs to. Parts that are not known are empty.
 *
 * @param requestId the id of the request that asked for it
 * @param runId the run that it happened to
 */
public record Origin(String requestId, String runId) {
    static final Origin UNKNOWN = new Origin("", "");

    /** Something that no request asked for. */
    public static Origin run(String runId) {
        return new Origin("", runId);
    }
}
