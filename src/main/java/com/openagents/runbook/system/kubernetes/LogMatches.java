package com.openagents.runbook.system.kubernetes;

import java.util.List;

/**
 * The lines of one pod's log that hold a text.
 *
 * @param lines the first of them, without their time
 * @param command shows them by hand
 */
public record LogMatches(String pod, String text, List<String> lines, String command) {
    public LogMatches {
        lines = List.copyOf(lines);
    }
}
