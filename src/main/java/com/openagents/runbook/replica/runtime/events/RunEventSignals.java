package com.openagents.runbook.replica.runtime.events;

import com.openagents.runbook.replica.runtime.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the streams of a run when any pod has appended to it. */
public final class RunEventSignals {
    private final Map<String, Set<Wakeup>> waiting = new ConcurrentHashMap<>();

    /** @param payload what a pod has put into the notification: run_id and seq */
    public void notified(String payload) {
        var runId = String.valueOf(Json.readObject(payload).get("run_id"));
        waiting.getOrDefault(runId, Set.of()).forEach(wakeup -> wakeup.signal.release());
    }

    public Wakeup listen(String runId) {
        var wakeup = new Wakeup(runId);
        waiting.compute(runId, (key, set) -> {
            var wakeups = set == null ? ConcurrentHashMap.<Wakeup>newKeySet() : set;
            wakeups.add(wakeup);
            return wakeups;
        });
        return wakeup;
    }

    private void forget(Wakeup wakeup) {
        waiting.computeIfPresent(wakeup.runId, (key, set) -> {
            set.remove(wakeup);
            return set.isEmpty() ? null : set;
        });
    }

    /** One listener; close it when done. */
    public final class Wakeup implements AutoCloseable {
        private final String runId;
        private final Semaphore signal = new Semaphore(0);

        private Wakeup(String runId) {
            this.runId = runId;
        }

        /** Waits for a notification; false when the time is over without one. */
        public boolean await(long millis) throws InterruptedException {
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
