package com.openagents.runbook.replica.load;

import java.util.List;

/**
 * What the traffic came to.
 *
 * @param runs runs that ended as they were told to, seen whole by their stream
 * @param retries requests that were asked again because a pod went away
 * @param updates updates that sync clients took
 * @param reconnects how often a sync client resumed
 * @param lost updates or events that should have come and did not, and those that came twice or out of order
 * @param errors the first of what went wrong, in words
 * @param errorCount how often something went wrong
 */
public record LoadSummary(
        long runs,
        long frames,
        long streamEvents,
        long toolCalls,
        long workerEvents,
        long tokens,
        long updates,
        long reconnects,
        long retries,
        long lost,
        long errorCount,
        List<String> errors) {
    public LoadSummary {
        errors = List.copyOf(errors);
    }

    public boolean isFaultless() {
        return lost == 0 && errorCount == 0;
    }
}
