package com.openagents.runbook.replica.checkout.suite;

import com.openagents.runbook.replica.checkout.Workspace;
import java.sql.Connection;
import java.sql.SQLException;

/** Lets one run of tests at a time use a database; the others wait. It is gone with the process that holds it. */
public final class TestLock implements AutoCloseable {
    private static final long KEY = 0x6d69785f74657374L;

    private final Connection connection;

    private TestLock(Connection connection) {
        this.connection = connection;
    }

    public static TestLock of(Workspace workspace, String database) throws SQLException {
        var connection = workspace.dataSource(database).getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + KEY + ")");
            return new TestLock(connection);
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
