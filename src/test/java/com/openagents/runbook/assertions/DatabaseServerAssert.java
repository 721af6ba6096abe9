package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.ServerAnswer;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What the runbook expects of the database server (section 9). */
public final class DatabaseServerAssert extends AbstractAssert<DatabaseServerAssert, ServerAnswer> {
    private DatabaseServerAssert(ServerAnswer actual) {
        super(actual, DatabaseServerAssert.class);
    }

    public static DatabaseServerAssert assertThat(ServerAnswer actual) {
        return new DatabaseServerAssert(actual);
    }

    public DatabaseServerAssert isAcceptingConnections() {
        isNotNull();
        if (actual.state() == ServerAnswer.State.ACCEPTING) {
            return this;
        }
        var seen = actual.state() == ServerAnswer.State.REJECTING ? "it rejects them" : "there is no answer";
        throw new FindingError(new Finding(
                "PostgreSQL accepts connections",
                seen,
                List.of(actual.server() + "   " + actual.words()),
                "9.1",
                "start PostgreSQL, look into its log if it does not stay up, then repeat gate G0 from its first command",
                actual.command()));
    }
}
