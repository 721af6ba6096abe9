package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.Sequence;
import com.openagents.runbook.system.http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

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

    public StreamReading {
        events = List.copyOf(events);
    }

    public int status() {
        return opening.status();
    }

    /** The sequence numbers as they came. {@code [DONE]} repeats that of the event before and is left out. */
    public Sequence sequence() {
        var numbers = events.stream()
                .filter(event -> !event.isDone())
                .map(StreamEvent::sequence)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
        return new Sequence(after, numbers);
    }

    /** The types of the events as they came, {@code [DONE]} left out. */
    public List<String> types() {
        return events.stream()
                .filter(event -> !event.isDone())
                .map(StreamEvent::type)
                .toList();
    }

    /** Whether {@code [DONE]} came. */
    public boolean done() {
        return events.stream().anyMatch(StreamEvent::isDone);
    }
}
