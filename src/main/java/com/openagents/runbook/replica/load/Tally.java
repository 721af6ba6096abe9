package com.openagents.runbook.replica.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Counts for all clients together. */
final class Tally {
    private static final int MOST_ERRORS = 20;

    final AtomicLong runs = new AtomicLong();
    final AtomicLong frames = new AtomicLong();
    final AtomicLong streamEvents = new AtomicLong();
    final AtomicLong toolCalls = new AtomicLong();
    final AtomicLong workerEvents = new AtomicLong();
    final AtomicLong tokens = new AtomicLong();
    final AtomicLong updates = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    final AtomicLong retries = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    private final AtomicLong errorCount = new AtomicLong();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

    void error(String words) {
        if (errorCount.incrementAndGet() <= MOST_ERRORS) {
            errors.add(words);
        }
    }

    void lost(String words) {
        lost.incrementAndGet();
        error(words);
    }

    LoadSummary summary() {
        return new LoadSummary(
                runs.get(),
                frames.get(),
                streamEvents.get(),
                toolCalls.get(),
                workerEvents.get(),
                tokens.get(),
                updates.get(),
                reconnects.get(),
                retries.get(),
                lost.get(),
                errorCount.get(),
                List.copyOf(new ArrayList<>(errors)));
    }
}
