package com.openagents.runbook.environment;

import java.time.Duration;

/** Durations as environment files and command-line options write them: a number and one of s, m, h, d. */
public final class Durations {
    private Durations() {}

    /**
     * @throws IllegalArgumentException if the text is not such a duration
     */
    public static Duration parse(String text) {
        if (!text.matches("[1-9][0-9]{0,8}[smhd]")) {
            throw new IllegalArgumentException(
                    "expected a number and a unit such as 30s, 15m, 1h or 1d, seen '" + text + "'");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
