package com.openagents.runbook.replica.cluster.node;

import java.time.Duration;

/** Waiting before a restart: nothing the first time, then 10 s doubling to 5 min; ten calm minutes forgive everything. */
final class CrashBackOff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofMinutes(5);

    private final double speed;
    private Duration pause = Duration.ZERO;

    CrashBackOff(double speed) {
        this.speed = speed;
    }

    /**
     * How long to wait after an end, as it is written in messages; it passes faster.
     *
     * @param ran how long the process ran
     */
    Duration afterEnd(Duration ran) {
        if (ran.compareTo(faster(LAST.multipliedBy(2))) >= 0) {
            pause = Duration.ZERO;
        }
        return pause;
    }

    void restarted() {
        pause = pause.isZero() ? FIRST : min(pause.multipliedBy(2), LAST);
    }

    Duration faster(Duration written) {
        return Duration.ofNanos(Math.round(written.toNanos() / speed));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** As Go writes it: {@code 10s}, {@code 2m40s}, {@code 5m0s}. */
    static String text(Duration duration) {
        var seconds = duration.toSecondsPart() + "s";
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" + seconds : seconds;
    }
}
