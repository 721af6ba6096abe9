package com.openagents.runbook.replica.load;

/**
 * How much of what. Rates are per second; the same seed makes the same choices.
 *
 * @param runs how many runs begin each second
 * @param framesPerRun texts before a run is completed
 * @param canceledPercent how many of a hundred runs are canceled rather than completed
 * @param tailMillis how long one stream session lasts
 * @param toolCalls calls of a tool over the internal API
 * @param workerEvents events of codex workers, which sync clients hear
 * @param tokens mints beside those of the sync clients
 * @param syncClients how many sockets are open
 * @param reconnects how many of them drop and resume
 */
public record LoadProfile(
        long seed,
        double runs,
        int framesPerRun,
        int canceledPercent,
        int tailMillis,
        double toolCalls,
        double workerEvents,
        double tokens,
        int syncClients,
        double reconnects) {

    /** Little enough to run beside everything else on two cores, and enough for every signal to have something to show. */
    public static LoadProfile ordinary() {
        return new LoadProfile(20_260_221, 2, 3, 5, 600, 1, 2, 1, 8, 0.5);
    }
}
