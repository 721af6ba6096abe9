package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;

/** The warning events of the namespace within a window, newest first. */
public record WarningEvents(List<Warning> warnings, String command) {
    /** @param times how often this message came */
    public record Warning(String object, String reason, String message, int times, Instant last) {}

    public WarningEvents {
        warnings = List.copyOf(warnings);
    }
}
