package com.openagents.runbook.replica.database;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Who may log in to a server of ours, and the present password of each. */
final class Logins {
    private static final int PASSWORD_BYTES = 24;

    private final Server server;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    Logins(Server server) {
        this.server = server;
    }

    /** @param passwords of a server that was secured before */
    Logins(Server server, Map<String, String> passwords) {
        this.server = server;
        this.passwords.putAll(passwords);
    }

    Map<String, String> passwords() {
        return Map.copyOf(passwords);
    }

    /** Gives every login a password of its own; the server has them, without. */
    void secure() throws SQLException {
        passwords.put(DatabaseReplica.POSTGRES, server.password());
        change(DatabaseReplica.LOGIN_USERS.keySet());
    }

    DataSource dataSource(String database, String user) {
        return server.dataSource(database, user, password(user));
    }

    String password(String user) {
        var password = passwords.get(user);
        if (password == null) {
            throw new IllegalArgumentException("the database replica has no user " + user);
        }
        return password;
    }

    String change(String user) throws SQLException {
        password(user);
        change(Set.of(user));
        return password(user);
    }

    private void change(Set<String> users) throws SQLException {
        try (var connection = dataSource("postgres", DatabaseReplica.POSTGRES).getConnection()) {
            for (var user : users) {
                var password = randomPassword();
                // Only the salted hash travels, so no log of the server can hold the password.
                connection.unwrap(PGConnection.class).alterUserPassword(user, password.toCharArray(), "scram-sha-256");
                passwords.put(user, password);
            }
        }
    }

    static String randomPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
