package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.load.Tally.What;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Follows one run to its end and remembers what it saw (contract 3.8). A stream that ends before the run does is
 * resumed behind the last event that came.
 */
final class StreamClient {
    private static final Duration TAIL = Duration.ofMinutes(2);
    private static final Duration BEFORE_RESUME = Duration.ofMillis(200);

    private final Parts parts;
    private final RunId run;
    private final SplittableRandom chance;
    private final Consumer<String> events;
    private final Seen seen;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /**
     * @param after the event to begin behind
     * @param events gets the data of each new event
     */
    StreamClient(Parts parts, RunId run, SplittableRandom chance, long after, Consumer<String> events) {
        this.parts = parts;
        this.run = run;
        this.chance = chance;
        this.events = events;
        this.seen = new Seen(after);
    }

    /** Done when the stream said that the run is finished. */
    CompletableFuture<Void> done() {
        return done;
    }

    SeenSequence sequence() {
        return seen.sequence();
    }

    void open() {
        try {
            parts.tally().did(What.STREAMS);
            parts.wire()
                    .client()
                    .sendAsync(request(), this::body)
                    .thenAccept(answer -> {
                        if (answer.statusCode() != 200) {
                            throw new Wire.UnexpectedAnswer("stream: status " + answer.statusCode());
                        }
                    })
                    .whenComplete((nothing, problem) -> ended(problem));
        } catch (RuntimeException noPod) {
            ended(noPod);
        }
    }

    private HttpRequest request() {
        var path = run.path("/stream?thread_id=" + run.threadId() + "&tail_ms=" + TAIL.toMillis());
        return parts.wire()
                .signed(parts.wire().pod(chance), path, run.claims())
                .header("last-event-id", String.valueOf(seen.last()))
                .build();
    }

    private HttpResponse.BodySubscriber<Void> body(HttpResponse.ResponseInfo head) {
        return head.statusCode() == 200
                ? BodySubscribers.fromLineSubscriber(new Lines(), lines -> null, StandardCharsets.UTF_8, null)
                : BodySubscribers.replacing(null);
    }

    private void ended(Throwable problem) {
        if (done.isDone()) {
            return;
        }
        if (problem != null) {
            parts.failed("stream", problem);
        }
        parts.clock().pause(chance, BEFORE_RESUME).thenRun(() -> {
            if (!done.isDone()) {
                open();
            }
        });
    }

    private final class Lines implements Flow.Subscriber<String> {
        private Flow.Subscription subscription;
        private long id;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring("id: ".length()));
            } else if (line.equals("data: [DONE]")) {
                done.complete(null);
                // The runtime would go on until the end of the tail.
                subscription.cancel();
            } else if (line.startsWith("data: ") && seen.add(id)) {
                parts.tally().did(What.RUN_EVENTS);
                events.accept(line.substring("data: ".length()));
            }
        }

        @Override
        public void onError(Throwable problem) {
            // The exchange ends with it too.
        }

        @Override
        public void onComplete() {
            // The exchange ends with it too.
        }
    }
}
