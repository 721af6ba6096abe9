package com.openagents.runbook.safety;

import java.util.Map;

/**
 * What clients saw while a drill went on.
 *
 * @param syncClients how many sockets were kept
 * @param runsBegun runs that were made and fed with frames
 * @param runsFinished of them, those whose streams were seen to their end
 * @param updates events and updates that came
 * @param lost those that should have come to a client and did not
 * @param repeated those that came to the same client more than once
 * @param resumes how often a sync client came back and went on behind what it knew
 * @param catchUp from the wish for a socket to the last missed update: p50, p95 and the longest, in words
 * @param recovery from the end of a socket that the client did not want to the moment when it was live again, likewise
 * @param refusals what was refused or broke off, by kind; clients tried again
 */
public record ClientsReport(
        int syncClients,
        long runsBegun,
        long runsFinished,
        long updates,
        long lost,
        long repeated,
        long resumes,
        String catchUp,
        String recovery,
        Map<String, Long> refusals) {
    public ClientsReport {
        refusals = Map.copyOf(refusals);
    }
}
