package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;

/** A database that no longer does what the service relies on. */
record DamagedDatabase(String id, String description, String damage, String repair) implements ReplicaFault {

    /** Something that the database does to each row before it keeps it. */
    static DamagedDatabase doing(String id, String description, String events, String table, String body) {
        var function = "runtime.fault_" + id.replace('-', '_');
        var damage = """
                CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
                    AS 'BEGIN %2$s END';
                CREATE TRIGGER %5$s BEFORE %3$s ON %4$s FOR EACH ROW EXECUTE FUNCTION %1$s()""".formatted(function, body, events, table, function.substring("runtime.".length()));
        return new DamagedDatabase(id, description, damage, "DROP FUNCTION " + function + "() CASCADE");
    }

    @Override
    public void inject(Replica replica) {
        execute(replica, damage);
    }

    @Override
    public void heal(Replica replica) {
        execute(replica, repair);
    }

    private void execute(Replica replica, String statements) {
        try (var connection = replica.database()
                        .dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException("the fault " + id + " does not fit the database: " + e.getMessage(), e);
        }
    }
}
