package com.openagents.runbook.publish;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands things over, all at the same time, each within a bound and with one more try where that may help and does no harm. */
public final class Courier {
    /** How long one try may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 2;

    private final Redactor redactor;
    private final Duration patience;
    /** Daemons: whoever does not answer must not hold the end of the program. */
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "runbook-publish");
        thread.setDaemon(true);
        return thread;
    });

    public Courier(Redactor redactor) {
        this(redactor, PATIENCE);
    }

    Courier(Redactor redactor, Duration patience) {
        this.redactor = redactor;
        this.patience = patience;
    }

    /** How each of them went, in the same order. */
    public List<Delivery> deliver(List<Outgoing> all) {
        var under = all.stream()
                .map(outgoing -> CompletableFuture.supplyAsync(() -> deliver(outgoing), threads))
                .toList();
        return under.stream().map(CompletableFuture::join).toList();
    }

    private Delivery deliver(Outgoing outgoing) {
        var problem = new NotDelivered("", true);
        int tried = 0;
        while (tried < TRIES && problem != null && problem.isWorthAnotherTry(outgoing)) {
            problem = attempt(outgoing, tried == 0 ? Duration.ZERO : PAUSE);
            tried++;
        }
        return new Delivery(
                outgoing.to(), outgoing.what(), tried, problem == null ? "" : redactor.redact(problem.getMessage()));
    }

    /** Null where it arrived. */
    private NotDelivered attempt(Outgoing outgoing, Duration after) {
        Executor later = CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS, threads);
        var sending = CompletableFuture.supplyAsync(() -> once(outgoing), later);
        try {
            return sending.get(after.plus(patience).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return NotDelivered.unanswered("no answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new NotDelivered("it could not be sent: " + e.getCause().getMessage(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NotDelivered("interrupted", false);
        }
    }

    private static NotDelivered once(Outgoing outgoing) {
        try {
            outgoing.sending().send();
            return null;
        } catch (NotDelivered problem) {
            return problem;
        } catch (CouldNotCheck noSecret) {
            return new NotDelivered(noSecret.getMessage(), false);
        }
    }
}
