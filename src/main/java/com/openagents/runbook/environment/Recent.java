package com.openagents.runbook.environment;

import java.time.Duration;
import java.util.function.Supplier;

/** What was read a moment ago counts as read now: hundreds of clients must not ask the API server for each of their requests. */
final class Recent<T> implements Supplier<T> {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Supplier<T> source;
    private T value;
    private long readAt;

    Recent(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        long now = System.nanoTime();
        if (value == null || now - readAt > MOMENT.toNanos()) {
            value = source.get();
            readAt = now;
        }
        return value;
    }
}
