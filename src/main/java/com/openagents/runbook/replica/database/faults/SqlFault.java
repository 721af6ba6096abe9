package com.openagents.runbook.replica.database.faults;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;

/** A defect that a superuser makes with a few statements in one database. */
record SqlFault(String id, String description, String database, String sql) implements DatabaseFault {
    @Override
    public void inject(DatabaseReplica replica) throws SQLException {
        try (var connection =
                        replica.dataSource(database, DatabaseReplica.POSTGRES).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
