package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.load.Tally.What;
import com.openagents.runbook.replica.runtime.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of the sync socket that comes and goes, resumes behind what it knows, and remembers all that it saw. */
final class SyncClient {
    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final long AGAIN_MILLIS = 300;

    private final Parts parts;
    private final SplittableRandom chance;
    private final List<String> topics;
    private final Map<String, Seen> seen = new TreeMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> rests = new CompletableFuture<>();
    private volatile Map<String, Long> wanted = Map.of();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile SyncSession session;
    private volatile boolean live;
    private boolean knownBefore;
    private volatile long lostAt;
    private volatile SyncSession left;
    private volatile long failedAt;

    /** @param heads the watermark of each topic that this client begins behind */
    SyncClient(Parts parts, SplittableRandom chance, List<String> topics, Map<String, Long> heads) {
        this.parts = parts;
        this.chance = chance;
        this.topics = topics;
        topics.forEach(topic -> seen.put(topic, new Seen(heads.getOrDefault(topic, 0L))));
    }

    /** Done when it is connected for the first time, or failed to. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Done when the traffic is to end and the client will not go away any more. */
    CompletableFuture<Void> rests() {
        return rests;
    }

    Map<String, SeenSequence> sequences() {
        var sequences = new TreeMap<String, SeenSequence>();
        seen.forEach((topic, numbers) -> sequences.put(topic, numbers.sequence()));
        return sequences;
    }

    /** Connects, stays a while, leaves, comes back; when the traffic is to end it stays. */
    void come() {
        connect().whenComplete((connected, problem) -> {
            ready.complete(null);
            if (problem != null) {
                parts.failed("sync", problem);
            }
            if (parts.clock().isStopped()) {
                rest(problem == null);
                return;
            }
            stay(problem == null).thenRun(this::go);
        });
    }

    /** Who is not connected at the end tries again for a while, to see what it missed. */
    private void rest(boolean connected) {
        long now = System.nanoTime();
        failedAt = failedAt == 0 ? now : failedAt;
        if (connected || now - failedAt > parts.options().patience().toNanos()) {
            rests.complete(null);
        } else {
            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(this::come);
        }
    }

    private CompletableFuture<?> stay(boolean connected) {
        return connected
                ? CompletableFuture.anyOf(
                        parts.clock().pause(chance, parts.options().betweenDisconnects()), session.lost())
                : parts.clock().pause(chance, AWAY);
    }

    private void go() {
        if (parts.clock().isStopped() && live) {
            rests.complete(null);
            return;
        }
        leave();
        parts.clock().pause(chance, AWAY).thenRun(this::come);
    }

    void leave() {
        var open = session;
        if (open != null) {
            if (!open.lost().isDone()) {
                left = open;
            }
            live = false;
            session = null;
            open.leave(chance.nextBoolean());
        }
    }

    /** Keeps the channel (contract 5.4). */
    void heartbeat() {
        var open = session;
        if (open != null && live) {
            open.request("sync:heartbeat", Map.of()).whenComplete((reply, problem) -> {
                if (problem != null && open == session) {
                    parts.failed("sync:heartbeat", problem);
                }
            });
        }
    }

    private CompletableFuture<Void> connect() {
        try {
            long start = System.nanoTime();
            return parts.wire()
                    .mint(topics)
                    .thenCompose(answer -> {
                        var token = answer.expect("token", 200).data().get("token");
                        parts.tally().did(What.TOKENS);
                        return SyncSession.open(
                                parts.wire(), parts.wire().pod(chance), String.valueOf(token), this::updates);
                    })
                    .thenCompose(open -> {
                        session = open;
                        return open.join().thenCompose(joined -> open.request("sync:subscribe", subscription()));
                    })
                    .thenAccept(subscribed -> connected(start));
        } catch (RuntimeException noPod) {
            return CompletableFuture.failedFuture(noPod);
        }
    }

    private Map<String, Object> subscription() {
        var resume = new HashMap<String, Object>();
        seen.forEach((topic, numbers) -> resume.put(topic, numbers.last()));
        return Json.object("topics", topics, "resume_after", resume);
    }

    private void connected(long start) {
        var open = session;
        parts.tally().did(What.SYNC_CONNECTIONS);
        if (knownBefore) {
            parts.tally().did(What.SYNC_RESUMES);
            parts.tally().catchUps.add(System.nanoTime() - start);
        }
        knownBefore = true;
        if (lostAt != 0) {
            parts.tally().recoveries.add(System.nanoTime() - lostAt);
            lostAt = 0;
        }
        live = true;
        open.lost().thenRun(() -> broken(open));
    }

    /** What the client itself did not end was ended by the other side, or by what is in between. */
    private void broken(SyncSession ended) {
        if (ended != left) {
            live = live && ended != session;
            lostAt = System.nanoTime();
            parts.tally().failed("sync: ended by the runtime");
        }
    }

    @SuppressWarnings("unchecked")
    private void updates(Map<String, Object> batch) {
        long now = System.nanoTime();
        for (var update : (List<Map<String, Object>>) batch.get("updates")) {
            var numbers = seen.get(String.valueOf(update.get("topic")));
            if (numbers == null) {
                parts.tally().failed("sync: an update of a topic that was not asked for");
            } else if (numbers.add((Long) update.get("watermark"))) {
                parts.tally().did(What.PUSHES);
                if (live) {
                    measure(update.get("payload"), now);
                }
            }
        }
        checkCaughtUp();
    }

    private void measure(Object document, long now) {
        if (document instanceof Map<?, ?> event
                && event.get("payload") instanceof Map<?, ?> payload
                && payload.get(WorkerClient.SENT) instanceof Long sent
                && sent <= now) {
            parts.tally().pushes.add(now - sent);
        }
    }

    /** Done when everything up to these watermarks came, or after a while. */
    CompletableFuture<Void> catchUp(Map<String, Long> heads) {
        wanted = Map.copyOf(heads);
        checkCaughtUp();
        return caughtUp.completeOnTimeout(null, parts.options().patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void checkCaughtUp() {
        var heads = wanted;
        if (!heads.isEmpty()
                && seen.entrySet().stream()
                        .allMatch(topic -> topic.getValue().last() >= heads.getOrDefault(topic.getKey(), 0L))) {
            caughtUp.complete(null);
        }
    }

    /** What is missing up to these watermarks. */
    RunClient.Audit audit(Map<String, Long> heads) {
        var audit = new RunClient.Audit(0, 0);
        for (var topic : sequences().entrySet()) {
            var sequence = topic.getValue();
            audit = audit.and(new RunClient.Audit(
                    sequence.missingUpTo(heads.getOrDefault(topic.getKey(), 0L)),
                    sequence.repeats().size()));
        }
        return audit;
    }
}
