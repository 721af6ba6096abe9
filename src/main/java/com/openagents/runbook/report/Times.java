package com.openagents.runbook.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times and durations as people read them; always UTC. */
public final class Times {
    private static final DateTimeFormatter MOMENT = format("uuuu-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter CLOCK = format("HH:mm:ss 'UTC'");

    private Times() {}

    /** @throws IllegalArgumentException if it is no instant as ISO 8601 writes it */
    static Instant read(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time", e);
        }
    }

    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    /** For example {@code 1.2 s}. */
    public static String took(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1) {
            return "under 1 ms";
        } else if (millis < 1_000) {
            return millis + " ms";
        } else if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        } else if (millis < 3_600_000) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
