package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.Arrivals;
import com.openagents.runbook.system.http.HttpCall;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The body of a stream as it comes, and how it ends. Called by the client's threads. */
final class StreamBody {
    private final HttpCall call;
    private final Arrivals<StreamEvent> events;
    private final EventDecoder decoder;
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    private final CompletableFuture<Answer> opening = new CompletableFuture<>();
    private final long asked = System.nanoTime();
    private ResponseInfo head;
    private StreamEnding ending = StreamEnding.OPEN;
    private Instant endedAt;

    StreamBody(HttpCall call, Arrivals<StreamEvent> events) {
        this.call = call;
        this.events = events;
        this.decoder = new EventDecoder(event -> events.add(masked(event)));
    }

    private StreamEvent masked(StreamEvent event) {
        return new StreamEvent(event.id(), event.event(), call.mask(event.data()), event.at());
    }

    /** Done when the head came, or the whole answer if it is a refusal. */
    CompletableFuture<Answer> opening() {
        return opening;
    }

    synchronized BodySubscriber<Void> begin(ResponseInfo info) {
        head = info;
        if (isOpen()) {
            opening.complete(answer(""));
        }
        return BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(this::bytes));
    }

    private synchronized void bytes(byte[] piece) {
        if (isOpen()) {
            decoder.bytes(piece);
        } else {
            refusal.writeBytes(piece);
        }
    }

    /** @param problem why the body did not come to its end, null if it did */
    void end(Throwable problem) {
        synchronized (this) {
            if (ending == StreamEnding.OPEN) {
                ending = ending(problem);
                endedAt = Instant.now();
            }
        }
        if (head == null) {
            opening.completeExceptionally(problem);
        } else if (!isOpen()) {
            opening.complete(answer(refusal.toString(StandardCharsets.UTF_8)));
        }
        events.end();
    }

    synchronized void leave() {
        if (ending == StreamEnding.OPEN) {
            ending = StreamEnding.LEFT;
            endedAt = Instant.now();
        }
    }

    private StreamEnding ending(Throwable problem) {
        if (head != null && !isOpen()) {
            return StreamEnding.REFUSED;
        }
        if (problem != null) {
            return StreamEnding.CUT;
        }
        return head.headers().firstValue("transfer-encoding").isPresent()
                        || head.headers().firstValue("content-length").isPresent()
                ? StreamEnding.COMPLETE
                : StreamEnding.UNMARKED;
    }

    synchronized StreamEnding ending() {
        return ending;
    }

    synchronized Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    synchronized boolean isUnfinished() {
        return ending != StreamEnding.OPEN && decoder.isInsideEvent();
    }

    private boolean isOpen() {
        return head.statusCode() == 200;
    }

    private Answer answer(String text) {
        var headers = new HashMap<String, String>();
        head.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), call.mask(values.get(0))));
        return new Answer(
                call.line(),
                head.statusCode(),
                headers,
                call.mask(text),
                Duration.ofNanos(System.nanoTime() - asked),
                Instant.now(),
                call.command("curl -sSN"));
    }
}
