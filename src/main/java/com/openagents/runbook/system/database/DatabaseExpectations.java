package com.openagents.runbook.system.database;

import java.util.List;
import java.util.Objects;

/**
 * What the runbook expects of the databases of one environment.
 *
 * @param databases the databases that must exist and be migrated
 * @param newestMigration the version of the newest migration
 * @param migrationCount how many migrations there are
 * @param requiredTables the qualified tables without which the runtime does not work (contract 15.3)
 * @param roles the roles whose privileges are held apart
 */
public record DatabaseExpectations(
        List<String> databases,
        long newestMigration,
        int migrationCount,
        List<String> requiredTables,
        AuthorityRoles roles) {

    public DatabaseExpectations {
        databases = List.copyOf(databases);
        requiredTables = List.copyOf(requiredTables);
        Objects.requireNonNull(roles, "roles");
        if (databases.isEmpty() || requiredTables.isEmpty() || migrationCount < 1) {
            throw new IllegalArgumentException("a database, a required table and a migration are the least to expect");
        }
    }

    /** What the runbook's section 9 and the contract 15.3 say. */
    public static DatabaseExpectations defaults() {
        return new DatabaseExpectations(
                List.of("openagents_runtime_dev", "openagents_runtime_test"),
                20260220205000L,
                29,
                List.of(
                        "runtime.sync_stream_events",
                        "runtime.sync_topic_sequences",
                        "runtime.khala_projection_checkpoints"),
                AuthorityRoles.defaults());
    }
}
