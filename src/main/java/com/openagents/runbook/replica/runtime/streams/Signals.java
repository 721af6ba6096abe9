package com.openagents.runbook.replica.runtime.streams;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the streams of one subject (a run, a worker) when something was appended to it, on any pod. */
public final class Signals {
    private final Map<String, Set<Wakeup>> waiting = new ConcurrentHashMap<>();

    public void raise(String subject) {
        waiting.getOrDefault(subject, Set.of()).forEach(wakeup -> wakeup.signal.release());
    }

    public Wakeup listen(String subject) {
        var wakeup = new Wakeup(subject);
        waiting.compute(subject, (key, set) -> {
            var wakeups = set == null ? ConcurrentHashMap.<Wakeup>newKeySet() : set;
            wakeups.add(wakeup);
            return wakeups;
        });
        return wakeup;
    }

    private void forget(Wakeup wakeup) {
        waiting.computeIfPresent(wakeup.subject, (key, set) -> {
            set.remove(wakeup);
            return set.isEmpty() ? null : set;
        });
    }

    /** One listener; close it when done. */
    public final class Wakeup implements AutoCloseable {
        private final String subject;
        private final Semaphore signal = new Semaphore(0);

        private Wakeup(String subject) {
            this.subject = subject;
        }

        /** Waits for a signal; false when the time is over without one. */
        boolean await(long millis) throws InterruptedException {
            boolean woken = signal.tryAcquire(millis, TimeUnit.MILLISECONDS);
            signal.drainPermits();
            return woken;
        }

        @Override
        public void close() {
            forget(this);
        }
    }
}
