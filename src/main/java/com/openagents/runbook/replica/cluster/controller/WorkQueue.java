package com.openagents.runbook.replica.cluster.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keys that wait for one worker. A key is in the queue at most once; a key whose work failed comes back after 5 ms,
 * doubling up to 30 s.
 */
public final class WorkQueue<K> implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    /** The work on one key. */
    @FunctionalInterface
    public interface Reconcile<K> {
        void reconcile(K key) throws Exception;
    }

    private final String name;
    private final Reconcile<K> work;
    private final Consumer<String> log;
    private final ScheduledExecutorService worker;
    private final Set<K> waiting = new HashSet<>();
    private final Map<K, ScheduledFuture<?>> later = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();

    public WorkQueue(String name, Consumer<String> log, Reconcile<K> work) {
        this.name = name;
        this.log = log;
        this.work = work;
        this.worker = Executors.newSingleThreadScheduledExecutor(Threads.daemon(name));
    }

    public synchronized void add(K key) {
        if (!waiting.add(key)) {
            return;
        }
        try {
            worker.execute(() -> run(key));
        } catch (RejectedExecutionException closed) {
            waiting.remove(key);
        }
    }

    /** Adds the key after a delay; an earlier date already set for this key stays. */
    public synchronized void addAfter(K key, Duration delay) {
        var set = later.get(key);
        if (set != null && !set.isDone() && set.getDelay(TimeUnit.NANOSECONDS) <= delay.toNanos()) {
            return;
        }
        if (set != null) {
            set.cancel(false);
        }
        try {
            later.put(key, worker.schedule(() -> add(key), Math.max(1, delay.toNanos()), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            later.remove(key);
        }
    }

    private void run(K key) {
        synchronized (this) {
            waiting.remove(key);
        }
        try {
            work.reconcile(key);
            synchronized (this) {
                failures.remove(key);
            }
        } catch (Exception failure) {
            if (worker.isShutdown() || Thread.currentThread().isInterrupted()) {
                return;
            }
            var cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            log.accept(name + " " + key + ": " + cause);
            addAfter(key, nextRetry(key));
        }
    }

    private synchronized Duration nextRetry(K key) {
        int failed = failures.merge(key, 1, Integer::sum);
        var delay = FIRST_RETRY.multipliedBy(1L << Math.min(20, failed - 1));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
