package com.openagents.runbook.system.runtime;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.Awaited;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.Arrivals;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.Intermediary;
import com.openagents.runbook.system.http.Network;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** An open stream of events of a run or a codex worker. What comes is kept with the moment at which it came. */
public final class RunStream implements AutoCloseable {
    private final HttpCall call;
    private final StreamFrom from;
    private final Duration patience;
    private final Records records;
    private final Arrivals<StreamEvent> events = new Arrivals<>();
    private final StreamBody body;
    private final CompletableFuture<?> exchange;
    private final Answer opening;

    private RunStream(HttpCall call, StreamFrom from, Duration patience, Records records) {
        this.call = call;
        this.from = from;
        this.patience = patience;
        this.records = records;
        this.body = new StreamBody(call, events);
        this.exchange = client(patience)
                .sendAsync(request(call), body::begin)
                .whenComplete((answer, problem) -> body.end(problem));
        this.opening = awaitOpening();
    }

    /** @throws CouldNotCheck if no answer comes; a refusal is an answer */
    static RunStream open(HttpCall call, StreamFrom from, Duration patience, Records records) {
        return new RunStream(call, from, patience, records);
    }

    private static HttpClient client(Duration patience) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    private static HttpRequest request(HttpCall call) {
        var request = HttpRequest.newBuilder(call.uri());
        call.headers().forEach(request::header);
        call.credential().ifPresent(secret -> request.header(secret.header(), secret.value()));
        return request.build();
    }

    private Answer awaitOpening() {
        try {
            return Intermediary.reached(body.opening().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            exchange.cancel(true);
            throw new CouldNotCheck("runtime at %s://%s does not answer %s: %s. Ask it by hand:\n%s"
                    .formatted(
                            call.uri().getScheme(),
                            call.uri().getRawAuthority(),
                            call.line(),
                            Network.words(e, patience),
                            call.command("curl -sSN")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.cancel(true);
            throw new CouldNotCheck("interrupted while opening " + call.line());
        }
    }

    /** The head of the answer; for a refused stream with the body. */
    public Answer opening() {
        return opening;
    }

    /** The first event that fits, among all that came or come within the limit. */
    public Awaited<StreamEvent> await(String what, Duration limit, Predicate<StreamEvent> fits) {
        return events.await(what, 0, limit, fits);
    }

    /** Reads to the end, or as long as the stream should follow and a little more, and puts down what came. */
    public StreamReading readToEnd() {
        events.awaitEnd(from.tail().plus(patience));
        return soFar();
    }

    /** What came until now, put down as evidence. */
    public StreamReading soFar() {
        var lasted = Duration.between(opening.at(), body.endedAt().orElseGet(Instant::now));
        var reading =
                new StreamReading(opening, from.after(), events.all(), body.ending(), body.isUnfinished(), lasted);
        records.saw(reading);
        return reading;
    }

    /** Leaves the stream by closing the connection, as a client that goes away. */
    @Override
    public void close() {
        body.leave();
        exchange.cancel(true);
    }

    @Override
    public String toString() {
        return call.line() + ", " + body.ending().words();
    }
}
