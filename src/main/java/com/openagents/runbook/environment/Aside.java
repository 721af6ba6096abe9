package com.openagents.runbook.environment;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Work that goes on beside other work, in a thread of its own, because it mostly waits. */
public final class Aside<T> {
    private final FutureTask<T> work;

    public Aside(Supplier<T> work) {
        this.work = new FutureTask<>(work::get);
        var thread = new Thread(this.work, "aside");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the result; what the work threw comes as it was thrown. */
    public T get() {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
