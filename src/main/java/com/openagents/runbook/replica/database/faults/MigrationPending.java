package com.openagents.runbook.replica.database.faults;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.database.Migrations;
import java.sql.SQLException;

/** A release came with a migration that nobody ran. */
public final class MigrationPending implements DatabaseFault {
    @Override
    public String id() {
        return "migration-pending";
    }

    @Override
    public String description() {
        return "the newest migration is not applied to the development database";
    }

    @Override
    public void inject(DatabaseReplica replica) throws SQLException {
        var migrations = Migrations.list();
        var newest = migrations.get(migrations.size() - 1).version();
        Migrations.rollbackTo(replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES), newest);
    }
}
