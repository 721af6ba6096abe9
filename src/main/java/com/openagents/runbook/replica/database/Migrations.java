package com.openagents.runbook.replica.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The schema of the runtime in versioned steps, applied and recorded as Ecto does it (contract 15.3): one transaction
 * for each, in order of their versions, book-keeping in {@code public.schema_migrations}.
 */
public final class Migrations {
    private static final List<String> REQUIRED = List.of(
            "runtime.sync_stream_events", "runtime.sync_topic_sequences", "runtime.khala_projection_checkpoints");

    private Migrations() {}

    /** All migrations, oldest first. */
    public static List<Migration> list() {
        return MigrationFiles.ofRelease().list();
    }

    /** The migrations that the database has not seen yet, oldest first. */
    public static List<Migration> pending(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            return pending(connection, list());
        }
    }

    /** Applies what is pending and answers what it applied; nothing applied is "Migrations already up". */
    public static List<Migration> migrate(DataSource database) throws SQLException {
        return migrate(database, MigrationFiles.ofRelease());
    }

    /** The same with the migrations of a working copy. */
    public static List<Migration> migrate(DataSource database, MigrationFiles files) throws SQLException {
        try (var connection = database.getConnection()) {
            if (!hasBookkeeping(connection)) {
                run(connection, """
                        CREATE TABLE public.schema_migrations (
                            version bigint NOT NULL PRIMARY KEY,
                            inserted_at timestamp(0)
                        )""");
            }
            var applied = new ArrayList<Migration>();
            for (var migration : pending(connection, files.list())) {
                if (step(connection, migration, Direction.UP, files)) {
                    applied.add(migration);
                }
            }
            return applied;
        }
    }

    /**
     * Takes back every applied migration from the newest down to and including the version. Only the newest few can
     * be taken back; an {@link IllegalStateException} names the first that cannot, and it and all before it stay.
     */
    public static List<Migration> rollbackTo(DataSource database, long version) throws SQLException {
        try (var connection = database.getConnection()) {
            var applied = applied(connection);
            var targets = list().stream()
                    .filter(migration -> migration.version() >= version && applied.contains(migration.version()))
                    .sorted(Comparator.comparingLong(Migration::version).reversed())
                    .toList();
            for (var migration : targets) {
                step(connection, migration, Direction.DOWN, MigrationFiles.ofRelease());
            }
            return targets;
        }
    }

    /**
     * Migrates, then looks for the tables that must be there, as the release command does (contract 15.3).
     *
     * @throws IllegalStateException with the release command's own words if one is not
     */
    public static List<Migration> migrateAndVerify(DataSource database) throws SQLException {
        var applied = migrate(database);
        try (var connection = database.getConnection()) {
            for (var table : REQUIRED) {
                verify(connection, table);
            }
        }
        return applied;
    }

    /** Creates the four roles and gives each what the contract 2.5 intends. Repeating it is safe. */
    public static void isolateRoles(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            run(connection, Resources.text("role-isolation.sql"));
        }
    }

    private static void verify(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement("SELECT to_regclass(?)::text")) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                rows.next();
                var seen = Optional.ofNullable(rows.getString(1));
                if (seen.isEmpty()) {
                    throw new IllegalStateException("required runtime table missing after migrations: " + table);
                }
                if (!seen.get().equals(table)) {
                    throw new IllegalStateException(
                            "unexpected table lookup result for " + table + ": \"" + seen.get() + "\"");
                }
            }
        }
    }

    private static List<Migration> pending(Connection connection, List<Migration> known) throws SQLException {
        var applied = applied(connection);
        return known.stream()
                .filter(migration -> !applied.contains(migration.version()))
                .toList();
    }

    private static Set<Long> applied(Connection connection) throws SQLException {
        var versions = new HashSet<Long>();
        if (!hasBookkeeping(connection)) {
            return versions;
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT version FROM public.schema_migrations")) {
            while (rows.next()) {
                versions.add(rows.getLong(1));
            }
        }
        return versions;
    }

    private static boolean hasBookkeeping(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var table = statement.executeQuery("SELECT to_regclass('public.schema_migrations')")) {
            table.next();
            return table.getString(1) != null;
        }
    }

    /** Whether this call took the step; another migrator may have taken it while this one waited for the lock. */
    private static boolean step(Connection connection, Migration migration, Direction direction, MigrationFiles files)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            run(connection, "LOCK TABLE public.schema_migrations IN SHARE UPDATE EXCLUSIVE MODE");
            boolean due = applied(connection).contains(migration.version()) == (direction == Direction.DOWN);
            if (due) {
                run(connection, sql(migration, direction, files));
                record(connection, migration.version(), direction);
            }
            connection.commit();
            return due;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static String sql(Migration migration, Direction direction, MigrationFiles files) {
        return direction == Direction.UP
                ? files.up(migration)
                : files.down(migration)
                        .orElseThrow(() -> new IllegalStateException("migration " + migration.version() + " ("
                                + migration.name() + ") cannot be taken back: it has no way down"));
    }

    private static void record(Connection connection, long version, Direction direction) throws SQLException {
        var sql = direction == Direction.UP
                ? "INSERT INTO public.schema_migrations (version, inserted_at) VALUES (?, timezone('utc', now()))"
                : "DELETE FROM public.schema_migrations WHERE version = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, version);
            statement.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private enum Direction {
        UP,
        DOWN
    }
}
