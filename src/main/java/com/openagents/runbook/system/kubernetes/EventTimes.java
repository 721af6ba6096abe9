package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** When and how often an event came, whether its writer uses the older or the newer fields for that. */
final class EventTimes {
    /**
     * Most times are told in whole seconds; of two events in the same second the one that was written later is the newer.
     */
    static final Comparator<Event> NEWEST_FIRST = Comparator.comparing(EventTimes::last)
            .thenComparing(EventTimes::version)
            .reversed();

    private EventTimes() {}

    static Instant last(Event event) {
        return Stream.of(
                        Optional.ofNullable(event.getLastTimestamp()),
                        Optional.ofNullable(event.getEventTime()).map(MicroTime::getTime),
                        Optional.ofNullable(event.getSeries())
                                .map(series -> series.getLastObservedTime())
                                .map(MicroTime::getTime))
                .flatMap(Optional::stream)
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> Instant.parse(event.getMetadata().getCreationTimestamp()));
    }

    static Instant first(Event event) {
        return Stream.of(
                        event.getFirstTimestamp(),
                        Optional.ofNullable(event.getEventTime())
                                .map(MicroTime::getTime)
                                .orElse(null))
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .findFirst()
                .orElseGet(() -> last(event));
    }

    static int times(Event event) {
        return Optional.ofNullable(event.getCount())
                .or(() -> Optional.ofNullable(event.getSeries()).map(series -> series.getCount()))
                .orElse(1);
    }

    /** Numbers that grow with each write to the cluster; one that is none was written by nobody we know, and comes last. */
    private static BigInteger version(Event event) {
        return Optional.ofNullable(event.getMetadata().getResourceVersion())
                .filter(version -> version.matches("\\d+"))
                .map(BigInteger::new)
                .orElse(BigInteger.ZERO);
    }
}
