package com.openagents.runbook.replica.load;

import java.util.ArrayList;
import java.util.List;

/** The numbers that one client saw, which ought to be consecutive: sequence numbers of a run, watermarks of a topic. */
final class Seen {
    private final long after;
    private final List<SeenSequence.Gap> gaps = new ArrayList<>();
    private final List<Long> repeats = new ArrayList<>();
    private long last;
    private long count;

    /** @param after the number that the first one comes after */
    Seen(long after) {
        this.after = after;
        this.last = after;
    }

    /** Whether the number is the next one, or at least newer than all before. */
    synchronized boolean add(long number) {
        if (number <= last) {
            repeats.add(number);
            return false;
        }
        if (number > last + 1) {
            gaps.add(new SeenSequence.Gap(last + 1, number - 1));
        }
        last = number;
        count++;
        return true;
    }

    synchronized long last() {
        return last;
    }

    synchronized SeenSequence sequence() {
        return new SeenSequence(after, last, count, List.copyOf(gaps), List.copyOf(repeats));
    }
}
