package com.openagents.runbook.replica.runtime.db;

import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** The pool. Connections are opened when they are first needed, so that a process starts without waiting for them. */
public final class Database implements AutoCloseable {
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private final DatabaseSettings settings;
    private final SystemMetrics metrics;
    private HikariDataSource pool;

    public Database(DatabaseSettings settings, SystemMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Runs the work in one transaction; any exception rolls it back. */
    public <T> T transaction(Work<T> work) throws SQLException {
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            try {
                var result = work.with(new Sql(connection, metrics));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        }
    }

    /** Runs the work with every statement committing by itself. */
    public <T> T query(Work<T> work) throws SQLException {
        try (var connection = connect()) {
            connection.setAutoCommit(true);
            return work.with(new Sql(connection, metrics));
        }
    }

    private Connection connect() throws SQLException {
        long startedAt = System.nanoTime();
        var connection = pool().getConnection();
        metrics.connected(System.nanoTime() - startedAt);
        return connection;
    }

    private synchronized HikariDataSource pool() {
        if (pool == null) {
            var config = new HikariConfig();
            config.setJdbcUrl(settings.jdbcUrl());
            config.setUsername(settings.user());
            config.setPassword(settings.password());
            config.setMaximumPoolSize(settings.poolSize());
            config.setMinimumIdle(0);
            config.setInitializationFailTimeout(-1);
            config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
            pool = new HikariDataSource(config);
        }
        return pool;
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Sql sql) throws SQLException;
    }
}
