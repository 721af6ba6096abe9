package com.openagents.runbook.replica.runtime.streams;

import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import java.util.Optional;

/**
 * Where a stream starts and how long it lasts (contract 3.8).
 *
 * @param cursor the last seq the client has; empty for only newer events
 * @param tailMillis how long the response lasts
 */
public record StreamRequest(Optional<Long> cursor, long tailMillis) {

    public static StreamRequest parse(Request request, long defaultTailMillis) {
        var query = Optional.ofNullable(request.query().get("cursor")).map(StreamRequest::cursor);
        var header = request.header("last-event-id").map(StreamRequest::cursor);
        if (query.isPresent() && header.isPresent() && !query.equals(header)) {
            throw HttpError.invalidRequest("cursor query and Last-Event-ID must match");
        }
        var tail = Optional.ofNullable(request.query().get("tail_ms")).map(StreamRequest::tail);
        return new StreamRequest(query.or(() -> header), tail.orElse(defaultTailMillis));
    }

    /** @throws HttpError 410 if events after the cursor are gone already */
    public static void checkWindow(long cursor, long oldestSeq) {
        if (cursor < Math.max(oldestSeq - 1, 0)) {
            throw new HttpError(410, "stale_cursor", "cursor is older than retention floor");
        }
    }

    private static long cursor(String text) {
        return parse(text, 0, "cursor must be an integer >= 0");
    }

    private static long tail(String text) {
        return parse(text, 1, "tail_ms must be a positive integer");
    }

    private static long parse(String text, long smallest, String message) {
        try {
            long value = Long.parseLong(text);
            if (value >= smallest) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // The same answer as for a number out of range.
        }
        throw HttpError.invalidRequest(message);
    }
}
