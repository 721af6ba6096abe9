package com.openagents.runbook.system.database;

import java.util.List;
import java.util.Optional;

/**
 * The migrations that a database recorded.
 *
 * @param versions oldest first; empty also where the table of versions does not exist
 * @param command shows the same by hand
 */
public record AppliedMigrations(String database, List<Long> versions, String command) {
    public AppliedMigrations {
        versions = versions.stream().sorted().toList();
    }

    public Optional<Long> newest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }
}
