package com.openagents.runbook.system.database;

import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import org.postgresql.Driver;

/**
 * Where the server is and who asks.
 *
 * @param jdbcUrl {@code jdbc:postgresql://HOST:PORT/DATABASE}, without a password
 * @param user the login user; reading the catalogue needs no further right, reading applied migrations needs SELECT on
 *     {@code public.schema_migrations}
 * @param password read anew for every connection, so a rotated one is noticed; null means that none is needed
 */
public record DatabaseConnection(String jdbcUrl, String user, Supplier<String> password) {
    public DatabaseConnection {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        var parsed = Driver.parseURL(Objects.requireNonNull(jdbcUrl, "jdbcUrl"), new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "the database URL must have the form jdbc:postgresql://HOST:PORT/DATABASE");
        }
        if (parsed.getProperty("password") != null) {
            throw new IllegalArgumentException(
                    "the database URL holds a password: take it out and give a reference to it instead");
        }
    }

    String host() {
        return property("PGHOST");
    }

    String port() {
        return property("PGPORT");
    }

    /** The database of the URL, where questions about the whole server are asked. */
    String database() {
        return property("PGDBNAME");
    }

    private String property(String name) {
        return Driver.parseURL(jdbcUrl, new Properties()).getProperty(name);
    }

    @Override
    public String toString() {
        return user + " at " + host() + ":" + port();
    }
}
