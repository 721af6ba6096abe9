package com.openagents.runbook.replica.runtime.khala;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs the tasks of one socket one after the other on shared threads. */
final class SerialTasks {
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialTasks(Executor threads) {
        this.threads = threads;
    }

    synchronized void submit(Runnable task) {
        waiting.add(task);
        if (!running) {
            running = true;
            threads.execute(this::run);
        }
    }

    private void run() {
        for (var task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private synchronized Runnable next() {
        var task = waiting.poll();
        running = task != null;
        return task;
    }
}
