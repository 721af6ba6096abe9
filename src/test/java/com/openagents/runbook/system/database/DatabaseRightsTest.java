package com.openagents.runbook.system.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.system.database.Privilege.Kind;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what, by whatever way the right was come by. */
class DatabaseRightsTest {
    private static final String DEV = DatabaseReplica.DEV;

    private DatabaseReplica replica;

    @BeforeEach
    void start() {
        replica = DatabaseReplica.start(DatabaseOptions.defaults());
    }

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void reads_rights_that_come_by_way_of_attributes_and_predefined_roles() throws Exception {
        execute("CREATE ROLE team NOLOGIN NOINHERIT");
        execute("GRANT pg_write_all_data TO team");
        execute("GRANT team TO oa_khala_ro");
        execute("ALTER ROLE oa_khala_ro NOINHERIT");
        execute("ALTER ROLE oa_control_rw CREATEROLE");

        var isolation = system().roleIsolation(DEV);

        assertThat(isolation.effective("oa_khala_ro", "runtime"))
                .contains(new Privilege(
                        "oa_khala_ro",
                        "runtime",
                        Kind.EVERYTHING,
                        "runtime",
                        "DELETE",
                        "as a member of pg_write_all_data"));
        assertThat(isolation.effective("oa_control_rw", "runtime"))
                .contains(new Privilege(
                        "oa_control_rw",
                        "runtime",
                        Kind.EVERYTHING,
                        "runtime",
                        "ALL",
                        "by granting itself any role (CREATEROLE)"));
    }

    @Test
    void reads_rights_in_a_database_without_the_schemas() {
        var isolation = system().roleIsolation("postgres");

        assertThat(isolation.existing()).hasSize(4);
        assertThat(isolation.schemaOwners()).isEmpty();
        assertThat(isolation.privileges()).isEmpty();
    }

    private DatabaseSystem system() {
        var connection = new DatabaseConnection(
                replica.jdbcUrl("postgres"),
                DatabaseReplica.POSTGRES,
                () -> replica.password(DatabaseReplica.POSTGRES));
        return new DatabaseSystem(connection, DatabaseExpectations.defaults(), evidence -> {});
    }

    private void execute(String sql) throws SQLException {
        try (var connection = replica.dataSource(DEV, DatabaseReplica.POSTGRES).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
