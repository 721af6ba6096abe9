package com.openagents.runbook.system.database;

import java.util.List;

/**
 * Which of the expected databases exist.
 *
 * @param server host and port
 * @param names those that exist, in order of their names
 * @param command shows the same by hand
 */
public record DatabaseNames(String server, List<String> names, String command) {
    public DatabaseNames {
        names = List.copyOf(names);
    }
}
