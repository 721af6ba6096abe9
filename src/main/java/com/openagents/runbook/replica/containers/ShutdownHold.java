package com.openagents.runbook.replica.containers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps others from what they do under a monitor when the JVM ends, until this is closed: a drill is put back in
 * containers that are there.
 */
final class ShutdownHold implements AutoCloseable {
    private final Object monitor;
    private final Duration limit;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param limit how long after the JVM began to end the others wait at the most */
    ShutdownHold(Object monitor, Duration limit) {
        this.monitor = monitor;
        this.limit = limit;
    }

    /** Returns when the others wait. */
    void begin() {
        var held = new CountDownLatch(1);
        var holder = new Thread(() -> hold(held), "shutdown-hold");
        holder.setDaemon(true);
        holder.start();
        await(held);
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAtLast, "shutdown-hold-limit"));
    }

    private void hold(CountDownLatch held) {
        synchronized (monitor) {
            held.countDown();
            await(closed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endAtLast() {
        try {
            closed.await(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
