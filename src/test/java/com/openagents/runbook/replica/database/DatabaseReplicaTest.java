package com.openagents.runbook.replica.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseReplicaTest {
    @Test
    void has_both_databases_migrated() throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            for (var database : DatabaseReplica.DATABASES) {
                var source = replica.dataSource(database, DatabaseReplica.POSTGRES);
                assertThat(Migrations.pending(source)).isEmpty();
            }
        }
    }

    @Test
    void lets_each_login_user_do_what_its_role_may() throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            var app = replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.RUNTIME_APP);
            var khala = replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.KHALA_READER);
            var control = replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.CONTROL_APP);

            ask(
                    app,
                    "INSERT INTO runtime.runs (run_id, thread_id, owner_user_id, inserted_at, updated_at)"
                            + " VALUES ('r', 't', 1, now(), now()) RETURNING run_id");
            assertThat(ask(khala, "SELECT count(*) FROM runtime.sync_topic_sequences"))
                    .isEqualTo("4");
            assertThatThrownBy(() -> ask(khala, "SELECT count(*) FROM runtime.runs"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> ask(control, "SELECT count(*) FROM runtime.runs"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> ask(app, "SELECT count(*) FROM control.api_tokens"))
                    .hasMessageContaining("permission denied");
            assertThat(ask(control, "SELECT count(*) FROM control.api_tokens")).isEqualTo("0");
        }
    }

    @Test
    void refuses_wrong_and_missing_passwords_of_everybody() {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            for (var user : new String[] {DatabaseReplica.POSTGRES, DatabaseReplica.RUNTIME_APP}) {
                assertThatThrownBy(() -> ask(login(replica, user, "wrong"), "SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
                assertThatThrownBy(() -> ask(login(replica, user, null), "SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("08004"));
            }
        }
    }

    @Test
    void refuses_the_old_password_after_a_change() throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            var old = replica.password(DatabaseReplica.RUNTIME_APP);

            var fresh = replica.changePassword(DatabaseReplica.RUNTIME_APP);

            assertThatThrownBy(() -> ask(login(replica, DatabaseReplica.RUNTIME_APP, old), "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(ask(login(replica, DatabaseReplica.RUNTIME_APP, fresh), "SELECT 1"))
                    .isEqualTo("1");
            assertThat(replica.ectoUrl(DatabaseReplica.DEV))
                    .isEqualTo("ecto://runtime_app:%s@127.0.0.1:%d/openagents_runtime_dev", fresh, replica.port());
        }
    }

    @Test
    void keeps_port_and_data_over_a_stop() throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            int port = replica.port();
            var source = replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES);
            ask(source, "UPDATE runtime.sync_topic_sequences SET next_watermark = 7 RETURNING topic");

            replica.stop();
            assertThat(replica.isRunning()).isFalse();
            assertThatThrownBy(() -> ask(source, "SELECT 1")).isInstanceOf(SQLException.class);
            replica.startAgain();

            assertThat(replica.isRunning()).isTrue();
            assertThat(replica.port()).isEqualTo(port);
            assertThat(ask(source, "SELECT min(next_watermark) FROM runtime.sync_topic_sequences"))
                    .isEqualTo("7");
        }
    }

    @Test
    void leaves_nothing_behind_when_closed() throws Exception {
        Path folder;
        long pid;
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            folder = replica.folder().orElseThrow();
            pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                    .get(0)
                    .strip());
            assertThat(ProcessHandle.of(pid)).isPresent();
        }
        assertThat(folder).doesNotExist();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void leaves_nothing_behind_when_it_cannot_start(@TempDir Path cache) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var before = replicaFolders();

            assertThatThrownBy(() ->
                            DatabaseReplica.start(DatabaseOptions.defaults().onPort(taken.getLocalPort())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("PostgreSQL ended while starting on port " + taken.getLocalPort());

            assertThat(replicaFolders()).isSubsetOf(before);
        }
    }

    @Test
    void keeps_data_in_a_named_folder_for_the_next_start(@TempDir Path folder) throws Exception {
        var options = DatabaseOptions.defaults().withDataIn(folder.resolve("kept"));
        try (var first = DatabaseReplica.start(options)) {
            ask(
                    first.dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES),
                    "UPDATE runtime.sync_topic_sequences SET next_watermark = 8 RETURNING topic");
        }
        try (var second = DatabaseReplica.start(options)) {
            assertThat(ask(
                            second.dataSource(DatabaseReplica.DEV, DatabaseReplica.RUNTIME_APP),
                            "SELECT min(next_watermark) FROM runtime.sync_topic_sequences"))
                    .isEqualTo("8");
        }
    }

    @ParameterizedTest
    @EnumSource(ServerAccount.class)
    void runs_under_every_account_that_this_machine_allows(ServerAccount account, @TempDir Path cache)
            throws Exception {
        Assumptions.assumeTrue(account.works(), "this machine does not allow it, or it would be root");
        // The server's account must reach its programs.
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults().withCacheIn(cache), account)) {
            assertThat(ask(replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.RUNTIME_APP), "SHOW server_version"))
                    .startsWith("15.");
        }
    }

    /** Those of this process; others may be at work beside it. */
    private static Set<Path> replicaFolders() throws IOException {
        var ours = "openagents-database-" + ProcessHandle.current().pid() + "-";
        try (var all = Files.list(Folders.quick())) {
            return all.filter(path -> path.getFileName().toString().startsWith(ours))
                    .collect(Collectors.toSet());
        }
    }

    private static DataSource login(DatabaseReplica replica, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(replica.jdbcUrl(DatabaseReplica.DEV, user));
        source.setPassword(password);
        return source;
    }

    private static String ask(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
