package com.openagents.runbook.replica.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final long NEWEST = 20260220205000L;
    private static DatabaseReplica replica;

    private DataSource fresh;

    @BeforeAll
    static void start() {
        replica = DatabaseReplica.start(DatabaseOptions.defaults());
    }

    @AfterAll
    static void stop() {
        replica.close();
    }

    @BeforeEach
    void create() throws SQLException {
        execute(replica.dataSource("postgres", DatabaseReplica.POSTGRES), """
                DROP DATABASE IF EXISTS fresh;
                CREATE DATABASE fresh""");
        fresh = replica.dataSource("fresh", DatabaseReplica.POSTGRES);
    }

    @Test
    void are_29_in_rising_order_from_the_first_to_the_last_that_the_contract_names() {
        assertThat(Migrations.list())
                .hasSize(29)
                .extracting(Migration::version)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(Migrations.list().get(0).version()).isEqualTo(20260218030000L);
        assertThat(Migrations.list().get(28).version()).isEqualTo(NEWEST);
    }

    @Test
    void are_all_the_files_in_their_folder() throws Exception {
        var folder = Path.of(Migrations.class.getResource("migrations").toURI());
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".sql") && !name.endsWith(".down.sql")))
                    .containsExactlyInAnyOrderElementsOf(Migrations.list().stream()
                            .map(migration -> migration.version() + "_" + migration.name() + ".sql")
                            .toList());
        }
    }

    @Test
    void are_recorded_once_applied() throws Exception {
        assertThat(Migrations.pending(fresh)).isEqualTo(Migrations.list());

        assertThat(Migrations.migrate(fresh)).isEqualTo(Migrations.list());

        assertThat(Migrations.pending(fresh)).isEmpty();
        assertThat(Migrations.migrate(fresh)).isEmpty();
        assertThat(ask(fresh, "SELECT version::text FROM public.schema_migrations ORDER BY 1"))
                .isEqualTo(Migrations.list().stream()
                        .map(migration -> "" + migration.version())
                        .toList());
    }

    @Test
    void can_be_taken_back_down_to_the_sync_tables_and_applied_again() throws Exception {
        Migrations.migrate(fresh);

        assertThat(Migrations.rollbackTo(fresh, 20260220110000L))
                .extracting(Migration::version)
                .containsExactly(NEWEST, 20260220113000L, 20260220110000L);

        assertThat(ask(fresh, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'sync_%'"))
                .isEmpty();
        assertThat(Migrations.migrate(fresh)).hasSize(3);
        assertThat(ask(fresh, "SELECT topic FROM runtime.sync_topic_sequences WHERE next_watermark = 0 ORDER BY 1"))
                .containsExactly(
                        "runtime.codex_worker_events",
                        "runtime.codex_worker_summaries",
                        "runtime.notifications",
                        "runtime.run_summaries");
    }

    @Test
    void say_which_one_cannot_be_taken_back_and_keep_it() throws Exception {
        Migrations.migrate(fresh);

        assertThatThrownBy(() -> Migrations.rollbackTo(fresh, 20260219038000L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("migration 20260220100000 (create_khala_projection_checkpoints) cannot be taken back:"
                        + " it has no way down");

        assertThat(Migrations.pending(fresh)).hasSize(3);
        assertThat(Migrations.migrate(fresh)).hasSize(3);
    }

    @Test
    void leave_nothing_of_one_that_fails() throws Exception {
        execute(fresh, "CREATE SCHEMA runtime; CREATE TABLE runtime.run_ownerships (run_id text)");

        assertThatThrownBy(() -> Migrations.migrate(fresh)).hasMessageContaining("already exists");

        assertThat(Migrations.pending(fresh).get(0).version()).isEqualTo(20260218040000L);
        assertThat(ask(fresh, "SELECT to_regclass('runtime.runs')::text")).containsExactly((String) null);
    }

    @Test
    void are_verified_in_the_words_of_the_release_command() throws Exception {
        Migrations.migrateAndVerify(fresh);
        execute(fresh, "DROP TABLE runtime.sync_topic_sequences");

        assertThatThrownBy(() -> Migrations.migrateAndVerify(fresh))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("required runtime table missing after migrations: runtime.sync_topic_sequences");
    }

    @Test
    void are_not_verified_when_the_search_path_hides_the_schema_name() throws Exception {
        Migrations.migrate(fresh);
        execute(fresh, "ALTER DATABASE fresh SET search_path = public, runtime");

        assertThatThrownBy(() -> Migrations.migrateAndVerify(fresh))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("unexpected table lookup result for runtime.sync_stream_events: ");
    }

    @Test
    void the_repair_makes_the_checkpoints_again_where_they_are_missing() throws Exception {
        Migrations.migrate(fresh);
        Migrations.rollbackTo(fresh, NEWEST);
        execute(fresh, "DROP TABLE runtime.khala_projection_checkpoints");

        Migrations.migrateAndVerify(fresh);

        assertThat(ask(fresh, """
                SELECT data_type || coalesce(' ' || column_default, '') FROM information_schema.columns
                WHERE table_name = 'khala_projection_checkpoints' AND column_name IN ('entity_id', 'updated_at')
                ORDER BY column_name""")).containsExactly("text", "timestamp without time zone timezone('utc'::text, now())");
    }

    @Test
    void isolation_of_roles_can_be_repeated_and_wants_the_schema() throws Exception {
        assertThatThrownBy(() -> Migrations.isolateRoles(fresh)).hasMessageContaining("schema runtime is missing");

        Migrations.migrate(fresh);
        Migrations.isolateRoles(fresh);
        Migrations.isolateRoles(fresh);

        assertThat(ask(fresh, "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'runtime'"))
                .containsExactly("oa_runtime_owner");
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (var part : sql.split(";")) {
                statement.execute(part);
            }
        }
    }

    private static List<String> ask(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var answer = new ArrayList<String>();
            while (rows.next()) {
                answer.add(rows.getString(1));
            }
            return answer;
        }
    }
}
