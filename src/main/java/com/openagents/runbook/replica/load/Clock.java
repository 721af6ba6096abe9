package com.openagents.runbook.replica.load;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Pauses that end early when the traffic is to end. */
final class Clock {
    private final ScheduledExecutorService timer;
    private final Set<CompletableFuture<Void>> pauses = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Clock(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        // Not on this thread, which would do the work of all who wake up.
        pauses.forEach(pause -> timer.execute(() -> pause.complete(null)));
    }

    /** Between half and one and a half of the mean. */
    CompletableFuture<Void> pause(SplittableRandom chance, Duration mean) {
        return pause((long) (mean.toNanos() * (0.5 + chance.nextDouble())));
    }

    private CompletableFuture<Void> pause(long nanos) {
        var pause = new CompletableFuture<Void>();
        pauses.add(pause);
        pause.whenComplete((nothing, problem) -> pauses.remove(pause));
        timer.schedule(() -> pause.complete(null), stopped ? 0 : nanos, TimeUnit.NANOSECONDS);
        return pause;
    }
}
