package com.openagents.runbook.replica.cluster.api;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events are forgotten an hour after they were last written, as in a real cluster. */
final class EventExpiry {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final long SWEEP_MILLIS = 60_000;

    private final Store store;
    private final Clock clock;

    EventExpiry(Vertx vertx, Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
    }

    void sweep() {
        var oldest = clock.instant().minus(LIFETIME);
        for (var event : List.copyOf(store.list(ResourceTypes.EVENTS, ""))) {
            var written = Json.items(event.path("metadata").path("managedFields")).stream()
                    .map(entry -> Json.text(entry, "time"))
                    .max(String::compareTo)
                    .orElse(Json.text(event, "metadata.creationTimestamp"));
            if (Instant.parse(written).isBefore(oldest)) {
                store.remove(ResourceTypes.EVENTS, event);
            }
        }
    }
}
