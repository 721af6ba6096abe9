package com.openagents.runbook.replica.load;

import java.time.Duration;
import java.util.Map;

/**
 * What traffic was made and what came of it.
 *
 * @param lasted while traffic was made
 * @param framesAccepted new frames of runs
 * @param runEvents events of runs that came over their streams
 * @param pushes updates that came over sync sockets, each counted once for each client
 * @param lostUpdates events and updates that a client should have seen and did not
 * @param repeatedUpdates those that one client saw more than once
 * @param errors from kind to number; what a healthy runtime never answers
 * @param frame from a frame to its acceptance
 * @param push from a worker's event to a client that follows it live
 * @param recovery from the end of a socket that the client did not want to the moment when it was live again
 * @param catchUp from the wish for a socket to the last update that was missed
 */
public record LoadSummary(
        Duration lasted,
        long runsCreated,
        long runsFinished,
        long runsCanceled,
        long framesAccepted,
        long runEvents,
        long streams,
        long workerEvents,
        long toolCalls,
        long tokensMinted,
        long syncConnections,
        long syncResumes,
        long pushes,
        long lostUpdates,
        long repeatedUpdates,
        Map<String, Long> errors,
        Percentiles frame,
        Percentiles push,
        Percentiles catchUp,
        Percentiles recovery) {

    /** Whether everything came once and nothing went wrong. */
    public boolean clean() {
        return lostUpdates == 0 && repeatedUpdates == 0 && errors.isEmpty();
    }
}
