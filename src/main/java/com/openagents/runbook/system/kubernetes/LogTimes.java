package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads the times before the lines of one log, most of which are of the same second as the line before. */
final class LogTimes {
    private static final int DOT = "2026-11-24T06:00:00".length();
    private static final int NANO_DIGITS = 9;

    private String second = "";
    private Instant start = Instant.EPOCH;

    /** @throws DateTimeParseException if it is no time */
    Instant parse(String text) {
        int digits = text.length() - DOT - 2;
        if (digits < 1 || digits > NANO_DIGITS || text.charAt(DOT) != '.' || !text.endsWith("Z")) {
            return Instant.parse(text);
        }
        int nanos = 0;
        for (int i = 0; i < NANO_DIGITS; i++) {
            char digit = i < digits ? text.charAt(DOT + 1 + i) : '0';
            if (digit < '0' || digit > '9') {
                return Instant.parse(text);
            }
            nanos = nanos * 10 + digit - '0';
        }
        if (!text.startsWith(second) || second.isEmpty()) {
            start = Instant.parse(text.substring(0, DOT) + "Z");
            second = text.substring(0, DOT);
        }
        return start.plusNanos(nanos);
    }
}
