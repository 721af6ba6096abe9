package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.load.Tally.What;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A codex worker that tells what it does (contract 3.11). */
final class WorkerClient {
    /** In the payload of each event: when it was sent, on the clock of this process. */
    static final String SENT = "sent_nanos";

    private static final double REQUESTED = 0.1;

    private final Parts parts;
    private final SplittableRandom chance;
    private final String workerId = "load-worker-" + UUID.randomUUID();
    private volatile boolean created;

    WorkerClient(Parts parts, SplittableRandom chance) {
        this.parts = parts;
        this.chance = chance;
    }

    CompletableFuture<Void> tell() {
        return parts.clock()
                .pause(chance, parts.options().betweenWorkerEvents())
                .thenCompose(rested -> created ? act() : create());
    }

    private CompletableFuture<Void> create() {
        return post("", Json.object("worker_id", workerId, "workspace_ref", "load"))
                .thenAccept(answer -> {
                    answer.expect("worker", 202, 200);
                    created = true;
                });
    }

    private CompletableFuture<Void> act() {
        if (chance.nextDouble() < REQUESTED) {
            var request = Json.object("method", "status", "params", Map.of());
            return post("/" + workerId + "/requests", Json.object("request", request))
                    .thenAccept(answer -> answer.expect("worker request", 200));
        }
        var event = Json.object(
                "event_type", "worker.progress", "payload", Json.object(SENT, System.nanoTime(), "step", "reading"));
        return post("/" + workerId + "/events", Json.object("event", event)).thenAccept(answer -> {
            answer.expect("worker event", 202);
            parts.tally().did(What.WORKER_EVENTS);
        });
    }

    /** As a worker ends that is no longer needed. */
    CompletableFuture<Void> stop() {
        if (!created) {
            return CompletableFuture.completedFuture(null);
        }
        return post("/" + workerId + "/stop", Json.object("reason", "done"))
                .thenAccept(answer -> answer.expect("worker stop", 202));
    }

    private CompletableFuture<Wire.Answer> post(String path, Map<String, Object> body) {
        return parts.wire().post(parts.wire().pod(chance), "/codex/workers" + path, Map.of(), body);
    }
}
