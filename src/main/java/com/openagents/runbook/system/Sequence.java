package com.openagents.runbook.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Numbers as they came, which ought to be consecutive.
 *
 * @param after the number that they were to come after, if that is known
 */
public record Sequence(OptionalLong after, List<Long> numbers) {

    /** Numbers that are missing, from the first to the last. */
    public record Gap(long first, long last) {}

    public Sequence {
        numbers = List.copyOf(numbers);
    }

    /** What came more than once, in order. */
    public List<Long> repeats() {
        var seen = new HashSet<Long>();
        return numbers.stream()
                .filter(number -> !seen.add(number))
                .distinct()
                .sorted()
                .toList();
    }

    /** What is missing up to the highest number: from {@link #after} on if that is known, else from the lowest on. */
    public List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        var previous = after;
        for (long number : new TreeSet<>(numbers)) {
            if (previous.isPresent() && number > previous.getAsLong() + 1) {
                gaps.add(new Gap(previous.getAsLong() + 1, number - 1));
            }
            previous = OptionalLong.of(Math.max(number, previous.orElse(number)));
        }
        return gaps;
    }

    /** Whether no number is lower than one before it. */
    public boolean inOrder() {
        return numbers.equals(numbers.stream().sorted().toList());
    }
}
