package com.openagents.runbook.system.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a stream begins and how long it follows (contract 3.8). Texts, so that bad ones can be sent too.
 *
 * @param cursor the query parameter
 * @param lastEventId the header
 * @param tailMillis the query parameter; without it the runtime follows for a second
 */
public record StreamFrom(Optional<String> cursor, Optional<String> lastEventId, Optional<String> tailMillis) {
    private static final long RUNTIMES_OWN_TAIL = 1000;

    /** Events that come from now on. */
    public static StreamFrom now() {
        return new StreamFrom(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Events after this sequence number. */
    public static StreamFrom cursor(long cursor) {
        return now().withCursor(String.valueOf(cursor));
    }

    /** Events after this sequence number, as a client says that reconnects. */
    public static StreamFrom lastEventId(long id) {
        return now().withLastEventId(String.valueOf(id));
    }

    public StreamFrom withCursor(String text) {
        return new StreamFrom(Optional.of(text), lastEventId, tailMillis);
    }

    public StreamFrom withLastEventId(String text) {
        return new StreamFrom(cursor, Optional.of(text), tailMillis);
    }

    public StreamFrom tailing(Duration time) {
        return withTail(String.valueOf(time.toMillis()));
    }

    public StreamFrom withTail(String text) {
        return new StreamFrom(cursor, lastEventId, Optional.of(text));
    }

    /** The sequence number that events come after, if one was given. */
    OptionalLong after() {
        return cursor.or(() -> lastEventId)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }

    /** How long the runtime should follow. */
    Duration tail() {
        return Duration.ofMillis(tailMillis
                .filter(text -> text.matches("\\d{1,12}"))
                .map(Long::valueOf)
                .orElse(RUNTIMES_OWN_TAIL));
    }

    ApiRequest of(ApiRequest request) {
        var asked = request.header("accept", "text/event-stream");
        asked = cursor.isPresent() ? asked.query("cursor", cursor.get()) : asked;
        asked = tailMillis.isPresent() ? asked.query("tail_ms", tailMillis.get()) : asked;
        return lastEventId.isPresent() ? asked.header("last-event-id", lastEventId.get()) : asked;
    }
}
