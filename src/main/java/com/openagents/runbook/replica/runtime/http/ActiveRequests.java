package com.openagents.runbook.replica.runtime.http;

import java.util.concurrent.TimeUnit;

/** Counts requests in flight, so that a stopping process knows when nothing is open. */
final class ActiveRequests {
    private int count;
    private boolean draining;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        count--;
        notifyAll();
    }

    synchronized boolean draining() {
        return draining;
    }

    /** Waits until no request is in flight, at most the given time. */
    synchronized void drain(long millis) throws InterruptedException {
        draining = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (count > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
