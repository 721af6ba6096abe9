package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.SchemaTables;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What the runbook expects of the tables of each runtime database (contract 15.3). */
public final class DatabaseTablesAssert extends AbstractAssert<DatabaseTablesAssert, List<SchemaTables>> {
    private String statement = "9.7";
    private String next =
            "in apps/runtime run mix ecto.migrate; if it says Migrations already up, the table was dropped"
                    + " by hand: restore it before anything is deployed on it";

    private DatabaseTablesAssert(List<SchemaTables> actual) {
        super(actual, DatabaseTablesAssert.class);
    }

    public static DatabaseTablesAssert assertThat(List<SchemaTables> actual) {
        return new DatabaseTablesAssert(actual);
    }

    /** The statement and the next action where it is not the local baseline that asks. */
    public DatabaseTablesAssert following(String otherStatement, String otherNext) {
        statement = otherStatement;
        next = otherNext;
        return this;
    }

    public DatabaseTablesAssert contain(List<String> required) {
        isNotNull();
        for (var tables : actual) {
            var missing = required.stream()
                    .filter(table -> !tables.qualifiedNames().contains(table))
                    .toList();
            if (!missing.isEmpty()) {
                throw new FindingError(finding(tables, required.size(), missing));
            }
        }
        return this;
    }

    private Finding finding(SchemaTables tables, int required, List<String> missing) {
        return new Finding(
                "Every runtime database has the required tables",
                "%s lacks %d of %d".formatted(tables.database(), missing.size(), required),
                missing.stream()
                        .map(table -> table + "   does not exist in " + tables.database())
                        .toList(),
                statement,
                next,
                tables.command());
    }
}
