package com.openagents.runbook.replica.load;

import java.util.List;

/** What a client saw until a moment: all from {@code after + 1} to {@code last} but for the gaps, once but for the repeats. */
public record SeenSequence(long after, long last, long count, List<Gap> gaps, List<Long> repeats) {

    /** Numbers that did not come, from the first to the last. */
    public record Gap(long first, long last) {
        long size() {
            return last - first + 1;
        }
    }

    /** How many are missing up to a number that must have come by now. */
    public long missingUpTo(long head) {
        return gaps.stream().mapToLong(Gap::size).sum() + Math.max(head - last, 0);
    }
}
