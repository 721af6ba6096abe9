package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.AppliedMigrations;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.database.SchemaTables;
import java.util.List;

/** Judges the database that a migration on Cloud Run should have left (runbook 6.4, contract 15.3). */
public final class MigratedDatabaseAssert {
    private static final String AGAIN =
            "run the chained deploy again; its migration must end with migrate_and_verify!, whatever it said last time";

    private MigratedDatabaseAssert() {}

    public static void assertComplete(AppliedMigrations actual, DatabaseExpectations expected) {
        long applied = actual.versions().stream()
                .filter(version -> version <= expected.newestMigration())
                .count();
        if (applied < expected.migrationCount() || !actual.versions().contains(expected.newestMigration())) {
            throw new FindingError(new Finding(
                    "Every migration of the release is in the database behind Cloud Run",
                    "%d of %d are".formatted(applied, expected.migrationCount()),
                    List.of("%s   the newest is %s and should be %d"
                            .formatted(
                                    actual.database(),
                                    actual.newest().map(String::valueOf).orElse("none"),
                                    expected.newestMigration())),
                    "6.4",
                    AGAIN,
                    actual.command()));
        }
    }

    public static void assertHasRequired(SchemaTables actual, DatabaseExpectations expected) {
        var missing = expected.requiredTables().stream()
                .filter(table -> !actual.qualifiedNames().contains(table))
                .toList();
        if (!missing.isEmpty()) {
            throw new FindingError(new Finding(
                    "The database behind Cloud Run has the required tables",
                    "it lacks %d of %d"
                            .formatted(missing.size(), expected.requiredTables().size()),
                    missing.stream()
                            .map(table -> table + "   is not in " + actual.database())
                            .toList(),
                    "6.4",
                    AGAIN,
                    actual.command()));
        }
    }
}
