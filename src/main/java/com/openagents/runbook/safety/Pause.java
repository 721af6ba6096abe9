package com.openagents.runbook.safety;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Lets time pass that a drill is about, or that others need to notice something. */
public final class Pause {
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private Pause() {}

    /** @param what it is for, in words */
    public static void lasting(Duration time, String what) {
        Awaitility.await(what).pollDelay(time).atMost(time.plus(MARGIN)).until(() -> true);
    }
}
