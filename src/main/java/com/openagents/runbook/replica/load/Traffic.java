package com.openagents.runbook.replica.load;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Does the same again and again, whatever came of it, until it is to end. */
final class Traffic {
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final Parts parts;
    private final String what;
    private final SplittableRandom chance;
    private final BooleanSupplier goesOn;
    private final Supplier<CompletableFuture<?>> round;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * @param what for the errors
     * @param goesOn whether another round begins
     */
    Traffic(
            Parts parts,
            String what,
            SplittableRandom chance,
            BooleanSupplier goesOn,
            Supplier<CompletableFuture<?>> round) {
        this.parts = parts;
        this.what = what;
        this.chance = chance;
        this.goesOn = goesOn;
        this.round = round;
    }

    /** Done when the last round is over. */
    CompletableFuture<Void> begin() {
        next();
        return ended;
    }

    private void next() {
        if (parts.clock().isStopped() || !goesOn.getAsBoolean()) {
            ended.complete(null);
            return;
        }
        begun().whenComplete((result, problem) -> {
            if (problem == null) {
                next();
            } else {
                parts.failed(what, problem);
                parts.clock().pause(chance, AFTER_FAILURE).thenRun(this::next);
            }
        });
    }

    private CompletableFuture<?> begun() {
        try {
            return round.get();
        } catch (RuntimeException noPod) {
            return CompletableFuture.failedFuture(noPod);
        }
    }
}
