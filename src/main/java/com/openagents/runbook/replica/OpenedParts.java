package com.openagents.runbook.replica;

import java.util.ArrayDeque;
import java.util.Deque;

/** What something larger was put together from. It is closed in reverse, and what does not close costs nothing else. */
public final class OpenedParts implements AutoCloseable {
    private final String whole;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** @param whole what it is part of, in words */
    public OpenedParts(String whole) {
        this.whole = whole;
    }

    public synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** @throws IllegalStateException when all is closed but what does not close */
    @Override
    public synchronized void close() {
        IllegalStateException problem = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                problem = new IllegalStateException("a part of " + whole + " did not close: " + e.getMessage(), e);
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
