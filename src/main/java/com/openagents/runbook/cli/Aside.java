package com.openagents.runbook.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work that goes on beside other work. */
final class Aside<T> {
    private final CompletableFuture<T> work;

    Aside(Supplier<T> work) {
        this.work = CompletableFuture.supplyAsync(work);
    }

    /** Waits for the result; what the work threw comes as it was thrown. */
    T get() {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
    }
}
