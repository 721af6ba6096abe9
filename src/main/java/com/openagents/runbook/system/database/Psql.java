package com.openagents.runbook.system.database;

/** The commands that a person would type to see the same. They hold no password; {@code PGPASSWORD} or a file does. */
final class Psql {
    private final DatabaseConnection connection;

    Psql(DatabaseConnection connection) {
        this.connection = connection;
    }

    String ready() {
        return "pg_isready -h " + connection.host() + " -p " + connection.port();
    }

    String query(String database, String sql) {
        return "%s -Atc \"%s;\"".formatted(login(database), sql.strip());
    }

    String describe(String database, String... commands) {
        return login(database) + " -c '" + String.join("' -c '", commands) + "'";
    }

    private String login(String database) {
        return "psql -h %s -p %s -U %s -d %s"
                .formatted(connection.host(), connection.port(), connection.user(), database);
    }
}
