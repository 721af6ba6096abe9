package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that happens to one pod happens on its one thread; what has to wait for others does so elsewhere. */
final class PodThread implements AutoCloseable {
    private final ScheduledExecutorService own;
    private final ExecutorService others;
    private final double speed;
    private final Consumer<String> log;

    PodThread(String pod, ExecutorService others, double speed, Consumer<String> log) {
        this.own = Executors.newSingleThreadScheduledExecutor(Threads.daemon("pod-" + pod));
        this.others = others;
        this.speed = speed;
        this.log = log;
    }

    Duration faster(Duration period) {
        return Duration.ofNanos(Math.round(period.toNanos() / speed));
    }

    void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    Future<?> after(Duration delay, Runnable task) {
        try {
            return own.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Asks on another thread and takes the answer on this one. */
    <T> void ask(Supplier<T> question, Consumer<T> answer) {
        try {
            others.execute(() -> {
                var answered = question.get();
                run(() -> answer.accept(answered));
            });
        } catch (RejectedExecutionException ended) {
            log.accept("asked after the end");
        }
    }

    ExecutorService others() {
        return others;
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            log.accept("pod: " + failure);
        }
    }

    @Override
    public void close() {
        own.shutdownNow();
    }
}
