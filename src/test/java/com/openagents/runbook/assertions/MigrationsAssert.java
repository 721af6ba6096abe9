package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.AppliedMigrations;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What the runbook expects of the migrations of each runtime database (section 9, contract 15.3). */
public final class MigrationsAssert extends AbstractAssert<MigrationsAssert, List<AppliedMigrations>> {
    private String statement = "9.4";
    private String next = "in apps/runtime run mix ecto.migrate, with MIX_ENV=test for the test database";

    private MigrationsAssert(List<AppliedMigrations> actual) {
        super(actual, MigrationsAssert.class);
    }

    public static MigrationsAssert assertThat(List<AppliedMigrations> actual) {
        return new MigrationsAssert(actual);
    }

    /** The statement and the next action where it is not the local baseline that asks. */
    public MigrationsAssert following(String otherStatement, String otherNext) {
        statement = otherStatement;
        next = otherNext;
        return this;
    }

    public MigrationsAssert areComplete(DatabaseExpectations expected) {
        isNotNull();
        var behind = actual.stream()
                .filter(applied -> upToNewest(applied, expected) < expected.migrationCount()
                        || !applied.versions().contains(expected.newestMigration()))
                .toList();
        if (behind.isEmpty()) {
            return this;
        }
        throw new FindingError(new Finding(
                "No migration is pending",
                "pending ones found in %d of %d databases".formatted(behind.size(), actual.size()),
                behind.stream()
                        .map(applied -> "%s   %d of %d applied, the newest is %s and should be %d"
                                .formatted(
                                        applied.database(),
                                        upToNewest(applied, expected),
                                        expected.migrationCount(),
                                        newest(applied),
                                        expected.newestMigration()))
                        .toList(),
                statement,
                next,
                behind.get(0).command()));
    }

    public MigrationsAssert areNotAheadOf(DatabaseExpectations expected) {
        isNotNull();
        var ahead = actual.stream()
                .filter(applied -> upToNewest(applied, expected) > expected.migrationCount()
                        || applied.newest().orElse(0L) > expected.newestMigration())
                .toList();
        if (ahead.isEmpty()) {
            return this;
        }
        throw new FindingError(new Finding(
                "No database has a migration that this runbook does not know",
                "unknown ones found in %d of %d databases".formatted(ahead.size(), actual.size()),
                ahead.stream()
                        .map(applied -> "%s   %d applied, the newest is %s; known are %d up to %d"
                                .formatted(
                                        applied.database(),
                                        applied.versions().size(),
                                        newest(applied),
                                        expected.migrationCount(),
                                        expected.newestMigration()))
                        .toList(),
                statement,
                "find out which release migrated it; if that is the intended one, raise the expected migrations of this"
                        + " environment, else treat it as a schema rollback (runbook 7: manual, last resort)",
                ahead.get(0).command()));
    }

    private static long upToNewest(AppliedMigrations applied, DatabaseExpectations expected) {
        return applied.versions().stream()
                .filter(version -> version <= expected.newestMigration())
                .count();
    }

    private static String newest(AppliedMigrations applied) {
        return applied.newest().map(String::valueOf).orElse("none");
    }
}
