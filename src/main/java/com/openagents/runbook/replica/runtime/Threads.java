package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one process: few, daemon, and gone when idle. */
final class Threads {
    private static final int WORKERS = 16;
    private static final int STREAMS = 256;
    private static final int SOCKETS = 8;
    private static final int SAMPLE_SECONDS = 10;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("worker"));
    private final ThreadPoolExecutor streams = new ThreadPoolExecutor(
            0, STREAMS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("stream"));

    private final ThreadPoolExecutor sockets = new ThreadPoolExecutor(
            SOCKETS, SOCKETS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("socket"));
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, named("timer"));

    Threads() {
        workers.allowCoreThreadTimeOut(true);
        sockets.allowCoreThreadTimeOut(true);
    }

    /** For what happens on WebSockets. */
    Executor sockets() {
        return sockets;
    }

    /** For what happens at intervals. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** Samples the virtual machine every ten seconds. */
    void sampleInto(SystemMetrics metrics) {
        timer.scheduleWithFixedDelay(
                () -> metrics.sample(
                        workers.getQueue().size(), sockets.getQueue().size()),
                0,
                SAMPLE_SECONDS,
                TimeUnit.SECONDS);
    }

    /** No more background work. */
    void stop() {
        timer.shutdownNow();
        sockets.shutdownNow();
        workers.shutdownNow();
        streams.shutdownNow();
    }

    /** For requests that read or write the database. */
    Executor workers() {
        return workers;
    }

    /** For streams, which last as long as their client wants. */
    Executor streams() {
        return streams;
    }

    private static ThreadFactory named(String name) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
