package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.DatabaseNames;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What the runbook expects of the databases on the server (section 9). */
public final class DatabaseNamesAssert extends AbstractAssert<DatabaseNamesAssert, DatabaseNames> {
    private DatabaseNamesAssert(DatabaseNames actual) {
        super(actual, DatabaseNamesAssert.class);
    }

    public static DatabaseNamesAssert assertThat(DatabaseNames actual) {
        return new DatabaseNamesAssert(actual);
    }

    public DatabaseNamesAssert contain(List<String> expected) {
        isNotNull();
        var missing =
                expected.stream().filter(name -> !actual.names().contains(name)).toList();
        if (missing.isEmpty()) {
            return this;
        }
        throw new FindingError(new Finding(
                "Every runtime database exists",
                "found %d of %d".formatted(expected.size() - missing.size(), expected.size()),
                missing.stream()
                        .map(name -> name + "   does not exist on " + actual.server())
                        .toList(),
                "9.2",
                "in apps/runtime run mix ecto.create for the development database;"
                        + " MIX_ENV=test mix ecto.create or mix test makes the test database",
                actual.command()));
    }
}
