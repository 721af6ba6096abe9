package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that is ours: it can be stopped, and started again where it was and with what it had. */
interface Server extends AutoCloseable {
    int CONNECT_SECONDS = 10;

    /** Where this machine reaches it. */
    String host();

    int port();

    /** Host and port where containers reach it. */
    default String inside() {
        return host() + ":" + port();
    }

    /** Of the superuser. */
    String password();

    /** Where its data and its log lie, if on this machine. */
    Optional<Path> folder();

    /** The id of its container, if it is in one. */
    default Optional<String> container() {
        return Optional.empty();
    }

    /** Returns when the server accepts connections. */
    void start() throws IOException;

    void stop() throws IOException;

    boolean isRunning();

    @Override
    void close() throws IOException;

    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    default DataSource dataSource(String database, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_SECONDS);
        return source;
    }
}
