package com.openagents.runbook.system.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads server-sent events from bytes as they come, in whatever pieces. Comments and unknown fields are passed over. */
final class EventDecoder {
    private final Consumer<StreamEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> data = new ArrayList<>();
    private String id = "";
    private String event = "";
    private boolean begun;

    EventDecoder(Consumer<StreamEvent> events) {
        this.events = events;
    }

    void bytes(byte[] piece) {
        for (byte next : piece) {
            if (next == '\n') {
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(next);
            }
        }
    }

    /** Whether an event has begun that is not complete. */
    boolean isInsideEvent() {
        return begun || line.size() > 0;
    }

    private void line(String text) {
        var field = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (field.isEmpty()) {
            complete();
            return;
        }
        if (field.startsWith(":")) {
            return;
        }
        begun = true;
        var parts = field.split(":", 2);
        var value = parts.length < 2 ? "" : parts[1].startsWith(" ") ? parts[1].substring(1) : parts[1];
        switch (parts[0]) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> data.add(value);
            default -> {
                // A field that the standard says to pass over.
            }
        }
    }

    private void complete() {
        if (!data.isEmpty()) {
            events.accept(new StreamEvent(id, event, String.join("\n", data), Instant.now()));
        }
        data.clear();
        id = "";
        event = "";
        begun = false;
    }
}
