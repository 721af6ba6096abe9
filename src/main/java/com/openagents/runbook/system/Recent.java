package com.openagents.runbook.system;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What was read a moment ago counts as read now: many who want to know the same must not each ask for it. Who asks while
 * another one waits for the answer is given that one; what a question throws is thrown, and not kept.
 */
public final class Recent<T> {
    private final Duration moment;
    private final InstantSource clock;
    private T value;
    private Instant readAt;

    public Recent(Duration moment, InstantSource clock) {
        this.moment = moment;
        this.clock = clock;
    }

    /** Of the second that goes by. */
    public static <T> Supplier<T> second(Supplier<T> source) {
        var recent = new Recent<T>(Duration.ofSeconds(1), InstantSource.system());
        return () -> recent.get(source);
    }

    public synchronized T get(Supplier<T> source) {
        if (value == null || !isOfThisMoment()) {
            value = source.get();
            readAt = clock.instant();
        }
        return value;
    }

    /** A clock that was set back makes nothing newer. */
    private boolean isOfThisMoment() {
        var now = clock.instant();
        return !now.isBefore(readAt) && !now.isAfter(readAt.plus(moment));
    }
}
