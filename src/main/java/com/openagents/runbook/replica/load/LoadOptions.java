package com.openagents.runbook.replica.load;

import java.time.Duration;

/**
 * How much traffic there is. Pauses are means: each one lasts between half and one and a half of it.
 *
 * @param seed of everything that happens by chance
 * @param runs how many are under way at any time
 * @param betweenFrames the pause of one run
 * @param workers codex workers
 * @param betweenWorkerEvents the pause of one worker
 * @param syncClients how many sockets are open
 * @param betweenDisconnects how long one client stays before it leaves and comes back
 * @param summaryShare how many of the clients follow the summaries too, from 0 to 1; each frame of a run is an update
 * @param betweenToolCalls the pause of the one caller
 * @param executesTools whether tools are executed, which needs a provider that answers, or only their decision replayed
 * @param patience how long an answer may take, and at the end what should have come by itself
 * @param limit when no more is begun
 * @param mostRuns how many runs are begun at most
 */
public record LoadOptions(
        long seed,
        int runs,
        Duration betweenFrames,
        int workers,
        Duration betweenWorkerEvents,
        int syncClients,
        Duration betweenDisconnects,
        double summaryShare,
        Duration betweenToolCalls,
        boolean executesTools,
        Duration patience,
        Duration limit,
        long mostRuns) {
    private static final Duration UNLIMITED = Duration.ofDays(365);

    /** What one of two processors hardly notices, until it is closed. */
    public static LoadOptions ordinary(long seed) {
        return new LoadOptions(
                seed,
                2,
                Duration.ofMillis(300),
                2,
                Duration.ofSeconds(2),
                4,
                Duration.ofSeconds(20),
                0.5,
                Duration.ofSeconds(3),
                false,
                Duration.ofSeconds(30),
                UNLIMITED,
                Long.MAX_VALUE);
    }

    /** Clients that go on using a runtime that is being changed, and wait for it. */
    public static LoadOptions underDrill(long seed, int syncClients) {
        return new LoadOptions(
                seed,
                6,
                Duration.ofMillis(200),
                4,
                Duration.ofMillis(500),
                syncClients,
                Duration.ofSeconds(60),
                0.2,
                Duration.ofSeconds(3),
                false,
                Duration.ofSeconds(75),
                UNLIMITED,
                Long.MAX_VALUE);
    }

    /** Everything that many times as often, with as many runs, workers and clients. */
    public LoadOptions atRate(double times) {
        return new LoadOptions(
                seed,
                runs,
                slower(betweenFrames, times),
                workers,
                slower(betweenWorkerEvents, times),
                syncClients,
                slower(betweenDisconnects, times),
                summaryShare,
                slower(betweenToolCalls, times),
                executesTools,
                patience,
                limit,
                mostRuns);
    }

    /** With tools that are executed, where a provider answers. */
    public LoadOptions executingTools() {
        return new LoadOptions(
                seed,
                runs,
                betweenFrames,
                workers,
                betweenWorkerEvents,
                syncClients,
                betweenDisconnects,
                summaryShare,
                betweenToolCalls,
                true,
                patience,
                limit,
                mostRuns);
    }

    public LoadOptions limitedTo(Duration time, long runsBegun) {
        return new LoadOptions(
                seed,
                runs,
                betweenFrames,
                workers,
                betweenWorkerEvents,
                syncClients,
                betweenDisconnects,
                summaryShare,
                betweenToolCalls,
                executesTools,
                patience,
                time,
                runsBegun);
    }

    private static Duration slower(Duration pause, double times) {
        return Duration.ofNanos((long) (pause.toNanos() / times));
    }
}
