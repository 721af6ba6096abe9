package com.openagents.runbook.environment;

import java.util.List;

/** The faults that an embedded environment can be given. */
public final class Faults {
    /** A fault in a list. */
    public record Entry(String id, String description) {}

    private Faults() {}

    public static List<Entry> all() {
        return List.of();
    }
}
