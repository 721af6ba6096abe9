package com.openagents.runbook.replica.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/** A sync client that does what a good one does not. */
public final class OddClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TIMES = 4;

    private final Wire wire;
    private final SplittableRandom chance = new SplittableRandom(1);

    public OddClient(LoadTarget target) {
        wire = new Wire(target, PATIENCE, ForkJoinPool.commonPool());
    }

    /** Subscribes to the topic from its beginning, is refused as stale, and does it again some times before it leaves. */
    public void resume(String topic) {
        var session = join(topic);
        try {
            for (int i = 0; i < TIMES; i++) {
                subscribe(session, topic);
            }
        } finally {
            session.leave(true);
        }
    }

    /** Joins and is not heard of any more, until the runtime ends it. */
    public void fallSilent(String topic) {
        join(topic);
    }

    private SyncSession join(String topic) {
        var token = wire.mint(List.of(topic)).join().expect("token", 200).data().get("token");
        var session = SyncSession.open(wire, wire.pod(chance), String.valueOf(token), batch -> {})
                .join();
        session.join().join();
        return session;
    }

    private static void subscribe(SyncSession session, String topic) {
        try {
            session.request("sync:subscribe", Map.of("topics", List.of(topic), "resume_after", Map.of(topic, 0)))
                    .join();
        } catch (CompletionException refused) {
            // As it was before, and will be.
        }
    }
}
