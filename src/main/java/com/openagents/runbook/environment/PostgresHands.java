package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.DatabaseHands;
import com.openagents.runbook.safety.Pause;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/**
 * What a drill does to a PostgreSQL.
 *
 * @param expected names the database of the runtime, where the connection names none
 */
record PostgresHands(DatabaseConnection connection, DatabaseExpectations expected) implements DatabaseHands {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_CUTS = Duration.ofMillis(50);
    private static final String ENCRYPTION = "scram-sha-256";

    @FunctionalInterface
    private interface Work {
        void on(Connection open) throws SQLException;
    }

    @Override
    public void changePassword(String role, String password) {
        // The driver sends the verifier of a password and never the password.
        work(
                "change the password of role " + role,
                open -> open.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), ENCRYPTION));
    }

    @Override
    public void cutSessions(String role) {
        work("end the sessions of role " + role, open -> {
            try (var cut = open.prepareStatement(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ? AND pid <> pg_backend_pid()")) {
                cut.setString(1, role);
                cut.execute();
            }
        });
    }

    @Override
    public void cutOff(String address, Duration time) {
        work("end the sessions from " + address, open -> {
            var end = Instant.now().plus(time);
            int cut = 0;
            try (var statement = open.prepareStatement("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE client_addr = ?::inet AND pid <> pg_backend_pid()")) {
                statement.setString(1, address);
                while (Instant.now().isBefore(end)) {
                    try (var row = statement.executeQuery()) {
                        row.next();
                        cut += row.getInt(1);
                    }
                    Pause.lasting(BETWEEN_CUTS, "new sessions");
                }
            }
            if (cut == 0) {
                throw new CouldNotCheck("the database has no session from " + address
                        + ", so something between it and the pods has an address of its own");
            }
        });
    }

    @Override
    public void hold(String table, Runnable meanwhile) {
        work("hold table " + table, open -> {
            open.setAutoCommit(false);
            try (var statement = open.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '" + PATIENCE.toSeconds() + "s'");
                statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
                meanwhile.run();
            } finally {
                open.rollback();
            }
        });
    }

    private void work(String what, Work work) {
        var limits = new Properties();
        limits.put("user", connection.user());
        limits.put("password", connection.password().get());
        limits.put("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        limits.put("socketTimeout", String.valueOf(PATIENCE.multipliedBy(2).toSeconds()));
        try (var open = DriverManager.getConnection(url(), limits)) {
            work.on(open);
        } catch (SQLException e) {
            throw new CouldNotCheck(connection + " cannot " + what + ": " + words(e));
        }
    }

    /** In the words of the server, where it has any. */
    private static String words(SQLException problem) {
        return problem instanceof PSQLException answered && answered.getServerErrorMessage() != null
                ? answered.getServerErrorMessage().getMessage()
                : "no answer";
    }

    private String url() {
        return connection.jdbcUrl().endsWith("/postgres")
                ? connection
                        .jdbcUrl()
                        .replaceFirst("/postgres$", "/" + expected.databases().get(0))
                : connection.jdbcUrl();
    }
}
