package com.openagents.runbook.assertions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.AppliedMigrations;
import com.openagents.runbook.system.database.Authority;
import com.openagents.runbook.system.database.AuthorityRoles;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.database.DatabaseNames;
import com.openagents.runbook.system.database.Privilege;
import com.openagents.runbook.system.database.Privilege.Kind;
import com.openagents.runbook.system.database.RoleIsolation;
import com.openagents.runbook.system.database.SchemaTables;
import com.openagents.runbook.system.database.ServerAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatabaseAssertionsTest {
    private static final DatabaseExpectations EXPECTED = new DatabaseExpectations(
            List.of("dev", "test"), 30, 3, List.of("runtime.a", "runtime.b"), AuthorityRoles.defaults());

    @Test
    void a_rejecting_server_is_a_finding_as_the_runbook_words_it() {
        var answer = new ServerAnswer(
                "db:5432", ServerAnswer.State.REJECTING, Optional.empty(), "it is starting or stopping", "pg_isready");

        assertThatThrownBy(() -> DatabaseServerAssert.assertThat(answer).isAcceptingConnections())
                .isInstanceOf(FindingError.class)
                .hasMessage("""
                        PostgreSQL accepts connections: it rejects them
                          db:5432   it is starting or stopping
                        Next (runbook 9.1): start PostgreSQL, look into its log if it does not stay up, \
                        then repeat gate G0 from its first command
                        See it: pg_isready""");
    }

    @Test
    void a_missing_database_is_named_and_a_present_one_is_not() {
        var names = new DatabaseNames("db:5432", List.of("dev"), "psql");

        assertThatThrownBy(() -> DatabaseNamesAssert.assertThat(names).contain(EXPECTED.databases()))
                .isInstanceOf(FindingError.class)
                .hasMessageStartingWith("Every runtime database exists: found 1 of 2\n  test   does not exist")
                .hasMessageContaining("mix ecto.create");
    }

    @Test
    void exactly_the_expected_migrations_pass() {
        assertThatCode(() -> MigrationsAssert.assertThat(List.of(applied("dev", 10, 20, 30)))
                        .areComplete(EXPECTED)
                        .areNotAheadOf(EXPECTED))
                .doesNotThrowAnyException();
    }

    @Test
    void a_gap_before_the_newest_migration_is_pending_and_not_ahead() {
        var migrations = MigrationsAssert.assertThat(List.of(applied("dev", 10, 20, 30), applied("test", 10, 30)));

        migrations.areNotAheadOf(EXPECTED);
        assertThatThrownBy(() -> migrations.areComplete(EXPECTED))
                .isInstanceOf(FindingError.class)
                .hasMessageStartingWith("No migration is pending: pending ones found in 1 of 2 databases\n"
                        + "  test   2 of 3 applied, the newest is 30 and should be 30\n");
    }

    @Test
    void a_database_without_migrations_is_pending() {
        assertThatThrownBy(() ->
                        MigrationsAssert.assertThat(List.of(applied("dev"))).areComplete(EXPECTED))
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("dev   0 of 3 applied, the newest is none");
    }

    @Test
    void a_newer_migration_does_not_make_up_for_a_missing_one() {
        var migrations = MigrationsAssert.assertThat(List.of(applied("dev", 10, 20, 40)));

        assertThatThrownBy(() -> migrations.areComplete(EXPECTED)).isInstanceOf(FindingError.class);
        assertThatThrownBy(() -> migrations.areNotAheadOf(EXPECTED)).isInstanceOf(FindingError.class);
    }

    @Test
    void an_extra_older_migration_is_ahead() {
        var migrations = MigrationsAssert.assertThat(List.of(applied("dev", 10, 15, 20, 30)));

        migrations.areComplete(EXPECTED);
        assertThatThrownBy(() -> migrations.areNotAheadOf(EXPECTED)).isInstanceOf(FindingError.class);
    }

    @Test
    void a_missing_table_is_named() {
        var tables = List.of(new SchemaTables("dev", "runtime", List.of("runtime.a", "runtime.c"), "psql"));

        assertThatThrownBy(() -> DatabaseTablesAssert.assertThat(tables).contain(EXPECTED.requiredTables()))
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("dev lacks 1 of 2\n  runtime.b   does not exist in dev\n");
    }

    @Test
    void a_right_of_everybody_is_a_right_of_each_role_when_it_writes() {
        var isolation = isolation(
                new Privilege(Privilege.PUBLIC, "runtime", Kind.TABLE, "runs", "DELETE", "granted to PUBLIC"));

        assertThatThrownBy(() -> isolation.keepFromWriting(Authority.CONTROL, "runtime"))
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("dev   PUBLIC: DELETE on runtime.runs, granted to PUBLIC");
        assertThatThrownBy(() -> isolation.giveNothingToPublic("runtime")).isInstanceOf(FindingError.class);
    }

    @Test
    void a_right_on_tables_to_come_counts_as_writing() {
        var isolation = isolation(new Privilege(
                "oa_control_rw",
                "runtime",
                Kind.FUTURE_TABLE,
                "oa_runtime_owner",
                "INSERT",
                "granted to oa_control_rw"));

        assertThatThrownBy(() -> isolation.keepFromWriting(Authority.CONTROL, "runtime"))
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("INSERT on tables to come in runtime (created by oa_runtime_owner)");
        isolation.keepFromWriting(Authority.KHALA, "runtime");
    }

    @Test
    void moving_a_sequence_on_counts_as_writing_and_using_a_schema_does_not() {
        isolation(new Privilege("oa_khala_ro", "runtime", Kind.SCHEMA, "runtime", "USAGE", "granted"))
                .keepFromWriting(Authority.KHALA, "runtime");
        assertThatThrownBy(() -> isolation(new Privilege(
                                "oa_khala_ro", "runtime", Kind.SEQUENCE, "runs_id_seq", "USAGE", "granted"))
                        .keepFromWriting(Authority.KHALA, "runtime"))
                .isInstanceOf(FindingError.class);
        assertThatThrownBy(() -> isolation(
                                new Privilege("oa_khala_ro", "runtime", Kind.SCHEMA, "runtime", "CREATE", "granted"))
                        .keepFromWriting(Authority.KHALA, "runtime"))
                .isInstanceOf(FindingError.class);
    }

    @Test
    void a_role_that_does_not_exist_cannot_be_judged() {
        var isolation = RoleIsolationAssert.assertThat(List.of(new RoleIsolation(
                "dev", EXPECTED.roles(), Set.of(), Map.of("runtime", "x"), Map.of(), List.of(), "psql")));

        assertThatThrownBy(() -> isolation.keepFromWriting(Authority.CONTROL, "runtime"))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessage("role oa_control_rw does not exist in dev, so its rights cannot be judged");
        assertThatThrownBy(isolation::haveAllRoles).isInstanceOf(FindingError.class);
    }

    @Test
    void a_schema_that_does_not_exist_cannot_be_judged() {
        var isolation = RoleIsolationAssert.assertThat(List.of(new RoleIsolation(
                "dev", EXPECTED.roles(), Set.copyOf(EXPECTED.roles().all()), Map.of(), Map.of(), List.of(), "psql")));

        assertThatThrownBy(() -> isolation.letWork(Authority.RUNTIME, "runtime"))
                .isInstanceOf(CouldNotCheck.class);
    }

    private static RoleIsolationAssert isolation(Privilege... privileges) {
        return RoleIsolationAssert.assertThat(List.of(new RoleIsolation(
                "dev",
                EXPECTED.roles(),
                Set.copyOf(EXPECTED.roles().all()),
                Map.of("runtime", "oa_runtime_owner"),
                Map.of("runtime", Set.of("runs")),
                List.of(privileges),
                "psql")));
    }

    private static AppliedMigrations applied(String database, long... versions) {
        return new AppliedMigrations(database, LongStream.of(versions).boxed().toList(), "psql");
    }
}
