package com.openagents.runbook.system;

import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
public final class Ago {
    private Ago() {}

    /** How long before {@code now} something happened: {@code 40 s ago}, {@code 2 min ago}, {@code 3 h 5 min ago}. */
    public static String text(Instant then, Instant now) {
        return text(Duration.between(then, now)) + " ago";
    }

    /** A duration in its two largest units; negative ones count as nothing. */
    public static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        if (seconds < 172_800) {
            long minutes = seconds % 3600 / 60;
            return seconds / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        return seconds / 86_400 + " d";
    }
}
