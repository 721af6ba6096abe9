package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.load.Tally.What;
import com.openagents.runbook.replica.provider.ProviderReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One run from its creation to its end: fed with frames, followed, finished or now and then canceled. */
final class RunClient {
    private static final int FEWEST_FRAMES = 5;
    private static final int MOST_FRAMES = 15;
    private static final double REPEATED = 0.1;
    private static final double CANCELED = 0.1;
    private static final double READ_AGAIN = 0.2;
    private static final int MESSAGES_PER_REFUSAL = 10;
    private static final long AGAIN_MILLIS = 300;
    private static final String FRAMES = "/frames";

    private final Parts parts;
    private final SplittableRandom chance;
    private final RunId run;
    private final StreamClient stream;
    private final boolean cancels;
    private final Set<String> unheard = ConcurrentHashMap.newKeySet();

    RunClient(Parts parts, SplittableRandom chance) {
        this.parts = parts;
        this.chance = chance;
        var name = UUID.randomUUID().toString();
        this.run = new RunId("load-" + name, "load-thread-" + name);
        this.stream = new StreamClient(parts, run, chance.split(), 0, this::heard);
        this.cancels = chance.nextDouble() < CANCELED;
    }

    /** Done when the run has ended and what came of it has been looked at. */
    CompletableFuture<Audit> play() {
        return parts.rows()
                .create(run.runId(), run.threadId(), parts.wire().user())
                .thenCompose(created -> {
                    parts.tally().did(What.RUNS_CREATED);
                    stream.open();
                    return parts.options().executesTools() ? message() : CompletableFuture.<Void>completedFuture(null);
                })
                .thenCompose(told -> frames(chance.nextInt(FEWEST_FRAMES, MOST_FRAMES + 1), 1))
                .thenCompose(fed -> cancels ? cancel() : frame("complete", Map.of(), "end"))
                .thenCompose(ended -> parts.wire().soon(stream.done()))
                .thenCompose(finished -> parts.rows().latestSequence(run.runId()))
                .thenCompose(this::audit)
                .whenComplete((audit, problem) -> stream.done().complete(null));
    }

    private CompletableFuture<Void> frames(int left, int number) {
        if (left == 0 || parts.clock().isStopped()) {
            return CompletableFuture.completedFuture(null);
        }
        return parts.clock()
                .pause(chance, parts.options().betweenFrames())
                .thenCompose(rested -> text(number))
                .thenCompose(accepted -> frames(left - 1, number + 1));
    }

    private CompletableFuture<Void> text(int number) {
        var text = "word " + number;
        unheard.add(text);
        var payload = Json.object("text", text);
        var first = frame("user_message", payload, "frame-" + number);
        return chance.nextDouble() < REPEATED
                ? first.thenCompose(accepted -> again("user_message", payload, "frame-" + number))
                : first;
    }

    /** A tool call that sends a message; the first provider refuses few enough that its breaker stays closed. */
    private CompletableFuture<Void> message() {
        parts.tally().did(What.MESSAGES);
        boolean refused = parts.tally().count(What.MESSAGES) % MESSAGES_PER_REFUSAL == 1;
        var to = (refused ? ProviderReplica.REFUSED : "") + "user@load.test";
        var payload = Json.object(
                "tool_call_id",
                "message",
                "tool_name",
                "comms.send",
                "input",
                Json.object("to", to, "subject", "Done"));
        return frame("tool.execute", payload, "message");
    }

    private CompletableFuture<Void> frame(String type, Map<String, Object> payload, String frameId) {
        long start = System.nanoTime();
        return insisted("frame", FRAMES, frameBody(type, payload, frameId), start, 202)
                .thenAccept(accepted -> {
                    parts.tally().frames.add(System.nanoTime() - start);
                    parts.tally().did(What.FRAMES);
                });
    }

    /** Asks again while it fails; of a frame the id says that it is the same, for whether the first one came nobody knows. */
    private CompletableFuture<Void> insisted(
            String what, String path, Map<String, Object> body, long start, int... statuses) {
        return posted(path, body)
                .thenAccept(answer -> answer.expect(what, statuses))
                .exceptionallyCompose(problem -> {
                    if (System.nanoTime() - start > parts.options().patience().toNanos()) {
                        return CompletableFuture.failedFuture(problem);
                    }
                    parts.failed(what, problem);
                    var later = CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                    return CompletableFuture.runAsync(() -> {}, later)
                            .thenCompose(rested -> insisted(what, path, body, start, 202, 200));
                });
    }

    private CompletableFuture<Wire.Answer> posted(String path, Map<String, Object> body) {
        try {
            return post(path, body);
        } catch (RuntimeException noPod) {
            return CompletableFuture.failedFuture(noPod);
        }
    }

    /** The same frame once more, as after a lost answer. */
    private CompletableFuture<Void> again(String type, Map<String, Object> payload, String frameId) {
        return insisted("repeated frame", FRAMES, frameBody(type, payload, frameId), System.nanoTime(), 200);
    }

    private Map<String, Object> frameBody(String type, Map<String, Object> payload, String frameId) {
        return Json.object("thread_id", run.threadId(), "frame_id", frameId, "type", type, "payload", payload);
    }

    private CompletableFuture<Void> cancel() {
        var body = Json.object("thread_id", run.threadId(), "reason", "no longer wanted");
        return insisted("cancel", "/cancel", body, System.nanoTime(), 202)
                .thenAccept(accepted -> parts.tally().did(What.RUNS_CANCELED));
    }

    private CompletableFuture<Wire.Answer> post(String path, Map<String, Object> body) {
        return parts.wire().post(parts.wire().pod(chance), run.path(path), run.claims(), body);
    }

    private void heard(String data) {
        if (data.contains("\"type\":\"text-delta\"")) {
            unheard.remove(String.valueOf(Json.readObject(data).get("delta")));
        }
    }

    private CompletableFuture<Audit> audit(long latestSequence) {
        var sequence = stream.sequence();
        // A cancellation goes before frames that were not yet taken up.
        long lost = sequence.missingUpTo(latestSequence) + (cancels ? 0 : unheard.size());
        var first = new Audit(lost, sequence.repeats().size());
        parts.tally().did(What.RUNS_FINISHED);
        if (chance.nextDouble() >= READ_AGAIN) {
            return CompletableFuture.completedFuture(first);
        }
        var again = new StreamClient(parts, run, chance.split(), chance.nextLong(latestSequence), data -> {});
        again.open();
        return parts.wire()
                .soon(again.done())
                .whenComplete((nothing, problem) -> again.done().complete(null))
                .thenApply(finished -> {
                    var rest = again.sequence();
                    return first.and(new Audit(
                            rest.missingUpTo(latestSequence), rest.repeats().size()));
                });
    }

    /** What a finished run lost on the way to its clients. */
    record Audit(long lost, long repeated) {
        Audit and(Audit other) {
            return new Audit(lost + other.lost, repeated + other.repeated);
        }
    }
}
