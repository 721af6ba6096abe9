package com.openagents.runbook.run;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that nobody waits for longer than so long. */
public final class Deadline {
    private Deadline() {}

    /**
     * Does the work and waits for its end, or until the limit has passed. Then the work goes on unheeded, in a thread that
     * does not keep the program alive: what hangs in a system that is silent does not end when it is asked to.
     *
     * @return whether the work ended in time; what it threw is thrown
     */
    public static boolean keeps(Duration limit, Runnable work) {
        var done = new CompletableFuture<Void>();
        var thread = new Thread(() -> carryOut(work, done), "before the deadline");
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the deadline");
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private static void carryOut(Runnable work, CompletableFuture<Void> done) {
        try {
            work.run();
            done.complete(null);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new CompletionException(cause);
    }
}
