package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event of a stream.
 *
 * @param id the sequence number as it came, empty if there was none
 * @param event the name of the event: {@code message} for runs, {@code codex.worker.event} for workers
 * @param data JSON, or {@code [DONE]}
 * @param at when it was complete
 */
public record StreamEvent(String id, String event, String data, Instant at) {
    private static final String DONE = "[DONE]";

    public boolean isDone() {
        return data.equals(DONE);
    }

    /** The sequence number, empty if the id is no such number. */
    public OptionalLong sequence() {
        return id.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(id)) : OptionalLong.empty();
    }

    /** The type inside the data: {@code text-delta} for a run, {@code worker.started} for a worker; else empty. */
    public String type() {
        return part("type").or(() -> part("eventType")).orElse("");
    }

    /** One part of the data by name, for example {@code meta.status}. */
    public Optional<String> part(String path) {
        return JsonText.part(JsonText.read(data), path);
    }
}
