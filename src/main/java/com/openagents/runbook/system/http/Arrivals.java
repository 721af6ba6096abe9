package com.openagents.runbook.system.http;

import com.openagents.runbook.system.Awaited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What came over a connection, in order of arrival, kept to be read and waited for by other threads. */
public final class Arrivals<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<T> arrived = new ArrayList<>();
    private boolean over;

    public void add(T thing) {
        change(() -> arrived.add(thing));
    }

    /** Nothing more will come; who waits need not wait on. */
    public void end() {
        change(() -> over = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public List<T> all() {
        lock.lock();
        try {
            return List.copyOf(arrived);
        } finally {
            lock.unlock();
        }
    }

    /** How many have come, to wait for later ones only. */
    public int count() {
        lock.lock();
        try {
            return arrived.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The first thing that fits, among those that came from {@code from} on or come within the limit.
     *
     * @param from the place of the first thing that counts
     */
    public Awaited<T> await(String what, int from, Duration limit, Predicate<T> fits) {
        long start = System.nanoTime();
        long deadline = start + limit.toNanos();
        lock.lock();
        try {
            int next = from;
            while (true) {
                for (; next < arrived.size(); next++) {
                    if (fits.test(arrived.get(next))) {
                        return awaited(what, limit, start, Optional.of(arrived.get(next)));
                    }
                }
                long left = deadline - System.nanoTime();
                if (over || left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS) && next == arrived.size()) {
                    return awaited(what, limit, start, Optional.empty());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return awaited(what, limit, start, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more will come, once it is so or the limit is over. */
    public boolean awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (!over) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return over;
        } finally {
            lock.unlock();
        }
    }

    private static <T> Awaited<T> awaited(String what, Duration limit, long start, Optional<T> value) {
        return new Awaited<>(what, limit, Duration.ofNanos(System.nanoTime() - start), value);
    }
}
