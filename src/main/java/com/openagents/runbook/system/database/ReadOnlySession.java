package com.openagents.runbook.system.database;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens short connections that can only read. Every limit is small: a check that waits is no answer either. */
final class ReadOnlySession {
    static final int CONNECT_SECONDS = 3;
    private static final int LOGIN_SECONDS = 5;
    private static final int QUERY_SECONDS = 5;

    private final DatabaseConnection connection;

    ReadOnlySession(DatabaseConnection connection) {
        this.connection = connection;
    }

    /** What is asked on one connection. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** @throws CouldNotCheck if the server cannot be reached or does not let this user ask */
    <T> T ask(String database, Question<T> question) {
        var password = password();
        try (var session = open(database, password)) {
            return question.ask(session);
        } catch (SQLException e) {
            var refusal = Refusal.of(e, connection.user(), database);
            throw new CouldNotCheck("PostgreSQL at %s:%s, database %s, user %s: %s"
                    .formatted(connection.host(), connection.port(), database, connection.user(), refusal.words()));
        }
    }

    Connection open(String database, String password) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(connection.jdbcUrl());
        source.setDatabaseName(database);
        source.setUser(connection.user());
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(LOGIN_SECONDS);
        source.setSocketTimeout(2 * QUERY_SECONDS);
        source.setApplicationName("openagents-runbook");
        var session = source.getConnection();
        try (var statement = session.createStatement()) {
            statement.execute("SET default_transaction_read_only = on");
            statement.execute("SET statement_timeout = '" + QUERY_SECONDS + "s'");
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** The password, or the reason why there is none. */
    String password() {
        try {
            return connection.password().get();
        } catch (CouldNotCheck e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CouldNotCheck("the password of user %s for PostgreSQL at %s:%s could not be read"
                    .formatted(connection.user(), connection.host(), connection.port()));
        }
    }
}
