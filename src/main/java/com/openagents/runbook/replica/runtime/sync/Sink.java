package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Sql;
import java.sql.SQLException;

/** Where the projector writes documents, inside its transaction (contract 10.2). */
@FunctionalInterface
interface Sink {
    void upsert(Sql sql, Summary summary) throws SQLException;

    /** Takes the document and keeps nothing, as the service is configured everywhere (C9). */
    static Sink noop() {
        return (sql, summary) -> {};
    }
}
