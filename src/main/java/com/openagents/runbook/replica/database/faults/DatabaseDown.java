package com.openagents.runbook.replica.database.faults;

import com.openagents.runbook.replica.database.DatabaseReplica;

/** Nothing listens where the database should be. */
public final class DatabaseDown implements DatabaseFault {
    @Override
    public String id() {
        return "database-down";
    }

    @Override
    public String description() {
        return "PostgreSQL is stopped";
    }

    @Override
    public void inject(DatabaseReplica replica) {
        replica.stop();
    }
}
