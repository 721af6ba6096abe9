package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A data folder with both databases migrated, made once and then copied: that is much quicker than migrating. Its name
 * tells its content, so a changed migration makes a new one.
 */
final class PreparedData {
    /** Change this word when what {@link #fill} does changes in a way that the texts do not show. */
    private static final String LAYOUT = "layout 4";

    private PreparedData() {}

    static Path in(Path cacheFolder, PostgresPrograms programs, ServerAccount account)
            throws IOException, SQLException {
        var prepared = cacheFolder.resolve("data-" + digest(programs, account));
        if (!Files.isDirectory(prepared)) {
            var folder = Files.createTempDirectory(cacheFolder, "preparing-");
            try (var server = LocalServer.in(
                    folder, false, List.of(LocalServer.HOST), LocalServer.freePort(), programs, account)) {
                server.initialise(DatabaseReplica.SUPERUSER_PASSWORD);
                server.start();
                fill(server);
                server.stop();
                PostgresPrograms.moveUnlessThere(folder.resolve("data"), prepared);
            }
        }
        return prepared;
    }

    /** Makes both databases on a server that has neither. */
    static void fill(Server server) throws SQLException {
        Function<String, DataSource> databases =
                database -> server.dataSource(database, DatabaseReplica.POSTGRES, server.password());
        for (var database : DatabaseReplica.DATABASES) {
            execute(databases.apply("postgres"), "CREATE DATABASE " + database + " STRATEGY file_copy");
            var source = databases.apply(database);
            Migrations.migrateAndVerify(source);
            Migrations.isolateRoles(source);
            execute(source, Resources.text("owners.sql"));
            execute(source, Resources.text("control-schema.sql"));
        }
        for (var user : DatabaseReplica.LOGIN_USERS.entrySet()) {
            execute(
                    databases.apply("postgres"),
                    "CREATE ROLE %s LOGIN IN ROLE %s".formatted(user.getKey(), user.getValue()));
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String digest(PostgresPrograms programs, ServerAccount account) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var files = Migrations.list().stream()
                    .map(migration -> "migrations/%d_%s.sql".formatted(migration.version(), migration.name()))
                    .map(Resources::text);
            List.of(
                            LAYOUT,
                            programs.digest(),
                            account.fileOwner().toString(),
                            Resources.text("role-isolation.sql"),
                            Resources.text("owners.sql"))
                    .forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            digest.update(Resources.text("control-schema.sql").getBytes(StandardCharsets.UTF_8));
            digest.update(DatabaseReplica.LOGIN_USERS.toString().getBytes(StandardCharsets.UTF_8));
            files.forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
