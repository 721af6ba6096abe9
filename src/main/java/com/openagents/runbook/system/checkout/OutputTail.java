package com.openagents.runbook.system.checkout;

import com.openagents.runbook.system.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The last lines of what a process prints, however much that is. */
final class OutputTail {
    private static final int LINES = 200;
    private static final int LONGEST_LINE = 1_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final UnaryOperator<String> redact;
    private final Consumer<String> live;
    private long dropped;

    /** @param live told each line as it comes, redacted */
    OutputTail(UnaryOperator<String> redact, Consumer<String> live) {
        this.redact = redact;
        this.live = live;
    }

    /** Reads to the end, or until the process is ended. */
    void read(InputStream output) {
        var line = new StringBuilder();
        try (Reader reader = new InputStreamReader(output, StandardCharsets.UTF_8)) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next == '\n') {
                    keep(line);
                } else if (line.length() <= LONGEST_LINE && next != '\r') {
                    line.append((char) next);
                }
            }
        } catch (IOException ended) {
            // What was read until then stays.
        }
        if (!line.isEmpty()) {
            keep(line);
        }
    }

    private void keep(StringBuilder text) {
        var line = redact.apply(Excerpt.of(text.toString(), LONGEST_LINE));
        text.setLength(0);
        synchronized (this) {
            lines.add(line);
            if (lines.size() > LINES) {
                lines.remove();
                dropped++;
            }
        }
        live.accept(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized long dropped() {
        return dropped;
    }
}
