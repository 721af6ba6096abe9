package com.openagents.runbook.system.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is wrong within a window, counted by its cause.
 *
 * @param window how far back was looked
 * @param population how many things were looked at
 * @param total how many of them are wrong, also those whose cause is not listed
 * @param causes the most frequent first
 * @param at when that was so
 * @param command shows the same by hand
 */
public record Causes(
        IncidentQuestion question,
        Duration window,
        long population,
        long total,
        List<Cause> causes,
        Instant at,
        String command) {
    public Causes {
        causes = List.copyOf(causes);
    }

    /**
     * @param words the cause in words, with the names of what is concerned
     * @param count how often
     * @param since when it was first seen within the window
     * @param example the id of one thing that is concerned
     */
    public record Cause(String words, long count, Instant since, String example) {}
}
