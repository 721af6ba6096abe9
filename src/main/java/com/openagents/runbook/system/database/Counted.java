package com.openagents.runbook.system.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Things of one kind in the database, counted by what tells them apart; the most frequent first.
 *
 * @param outOf how many there could have been, 0 if that means nothing
 * @param command shows the same by hand
 */
public record Counted(List<Count> counts, long outOf, Instant at, String command) {
    public Counted {
        counts = List.copyOf(counts);
    }

    /**
     * @param name what these have in common, for example a reason code
     * @param since when the first of them was; empty if it is not known
     * @param example one of them, for example the id of a run
     */
    public record Count(String name, long number, Optional<Instant> since, String example) {}

    public long total() {
        return counts.stream().mapToLong(Count::number).sum();
    }

    /** Of a hundred that there could have been. */
    public long percent() {
        return outOf == 0 ? 0 : Math.round(100.0 * total() / outOf);
    }

    /** The names in one line, the most frequent first. */
    public String names() {
        return counts.stream().map(Count::name).collect(Collectors.joining(", "));
    }
}
