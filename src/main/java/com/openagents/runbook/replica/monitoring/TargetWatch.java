package com.openagents.runbook.replica.monitoring;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells when pods came or went. */
final class TargetWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;

    @FunctionalInterface
    interface Told {
        void now(List<ScrapeTarget> targets) throws IOException;
    }

    private final Supplier<List<ScrapeTarget>> targets;
    private final Told told;
    private final ScheduledExecutorService timer;
    private List<ScrapeTarget> known;

    private TargetWatch(Supplier<List<ScrapeTarget>> targets, Told told) {
        this.targets = targets;
        this.told = told;
        this.known = targets.get();
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "scrape-targets");
            thread.setDaemon(true);
            return thread;
        });
    }

    static TargetWatch start(Supplier<List<ScrapeTarget>> targets, Told told) {
        var watch = new TargetWatch(targets, told);
        watch.timer.scheduleWithFixedDelay(watch::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        try {
            var now = targets.get();
            if (!now.equals(known)) {
                told.now(now);
                known = now;
            }
        } catch (IOException | RuntimeException notNow) {
            // The cluster or the disk may be busy for a moment; the next look comes soon.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
