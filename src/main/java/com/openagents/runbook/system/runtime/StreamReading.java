package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What a stream gave.
 *
 * @param opening the answer's head, and the body if the stream was refused
 * @param after the cursor that events were to come after
 * @param unfinished whether the stream ended inside an event
 * @param lasted from the opening to the end, or to the moment of reading
 */
public record StreamReading(
        Answer opening,
        OptionalLong after,
        List<StreamEvent> events,
        StreamEnding ending,
        boolean unfinished,
        Duration lasted) {

    /** Sequence numbers that are missing, from the first to the last. */
    public record Gap(long first, long last) {}

    public StreamReading {
        events = List.copyOf(events);
    }

    public int status() {
        return opening.status();
    }

    /** The sequence numbers as they came. {@code [DONE]} repeats that of the event before and is left out. */
    public List<Long> sequence() {
        return events.stream()
                .filter(event -> !event.isDone())
                .map(StreamEvent::sequence)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
    }

    /** The types of the events as they came, {@code [DONE]} left out. */
    public List<String> types() {
        return events.stream()
                .filter(event -> !event.isDone())
                .map(StreamEvent::type)
                .toList();
    }

    /** Sequence numbers that came more than once. */
    public List<Long> repeats() {
        var seen = new HashSet<Long>();
        return sequence().stream()
                .filter(number -> !seen.add(number))
                .distinct()
                .sorted()
                .toList();
    }

    /** What is missing between the cursor, or the first event if there was no cursor, and the highest event. */
    public List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        var previous = after;
        for (long number : new TreeSet<>(sequence())) {
            if (previous.isPresent() && number > previous.getAsLong() + 1) {
                gaps.add(new Gap(previous.getAsLong() + 1, number - 1));
            }
            previous = OptionalLong.of(Math.max(number, previous.orElse(number)));
        }
        return gaps;
    }

    /** Whether no sequence number is lower than one before it. */
    public boolean inOrder() {
        var sequence = sequence();
        return sequence.equals(sequence.stream().sorted().toList());
    }

    /** Whether {@code [DONE]} came. */
    public boolean done() {
        return events.stream().anyMatch(StreamEvent::isDone);
    }
}
