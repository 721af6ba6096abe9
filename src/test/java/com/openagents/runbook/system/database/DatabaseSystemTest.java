package com.openagents.runbook.system.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.system.database.ServerAnswer.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseSystemTest {
    private static final String DEV = DatabaseReplica.DEV;

    private final List<Evidence> evidence = new ArrayList<>();
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
    void answers_with_the_version_of_a_server_that_accepts_connections() {
        var answer = system().acceptsConnections();

        assertThat(answer.state()).isEqualTo(State.ACCEPTING);
        assertThat(answer.version())
                .hasValueSatisfying(version -> assertThat(version).startsWith("15."));
        assertThat(answer.command()).isEqualTo("pg_isready -h 127.0.0.1 -p " + replica.port());
    }

    @Test
    void counts_a_refused_login_as_accepting_as_pg_isready_does() {
        var answer = system(DatabaseReplica.POSTGRES, () -> "wrong").acceptsConnections();

        assertThat(answer.state()).isEqualTo(State.ACCEPTING);
        assertThat(answer.version()).isEmpty();
        assertThat(answer.words())
                .isEqualTo("accepting connections, but it refused the login of user postgres to database postgres");
    }

    @Test
    void can_ask_for_an_answer_without_having_a_password() {
        var answer = system(DatabaseReplica.POSTGRES, () -> {
                    throw new CouldNotCheck("secret prod/db is gone");
                })
                .acceptsConnections();

        assertThat(answer.state()).isEqualTo(State.ACCEPTING);
    }

    @Test
    void answers_that_a_stopped_server_refuses_connections() {
        replica.stop();

        var answer = system().acceptsConnections();

        assertThat(answer.state()).isEqualTo(State.NO_ANSWER);
        assertThat(answer.words()).isEqualTo("connection refused");
        assertThat(evidence)
                .singleElement()
                .satisfies(seen -> assertThat(seen.seen().get(0)).containsEntry("answer", "connection refused"));
    }

    @Test
    void answers_that_something_else_listens_there() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var talker = new Thread(() -> {
                try (var client = other.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (java.io.IOException e) {
                    Thread.currentThread().interrupt();
                }
            });
            talker.start();
            var connection = new DatabaseConnection(
                    "jdbc:postgresql://127.0.0.1:" + other.getLocalPort() + "/postgres", "postgres", () -> "postgres");

            var answer =
                    new DatabaseSystem(connection, DatabaseExpectations.defaults(), evidence::add).acceptsConnections();

            talker.join();
            assertThat(answer.state()).isEqualTo(State.NO_ANSWER);
        }
    }

    @Test
    void finds_the_databases_with_the_command_of_the_runbook() {
        var databases = system().databases();

        assertThat(databases.names()).containsExactly(DEV, DatabaseReplica.TEST);
        assertThat(databases.command())
                .isEqualTo("psql -h 127.0.0.1 -p %d -U postgres -d postgres -Atc \"select datname from pg_database"
                                .formatted(replica.port())
                        + " where datname in ('openagents_runtime_dev','openagents_runtime_test') order by datname;\"");
    }

    @Test
    void puts_down_every_answer_with_its_question_and_threshold_and_without_a_password() throws Exception {
        var password = replica.changePassword(DatabaseReplica.RUNTIME_APP);
        var system = system(DatabaseReplica.RUNTIME_APP, () -> password);

        system.acceptsConnections();
        system.databases();
        system.tables(DEV, "runtime");
        system.roleIsolation(DEV);

        assertThat(evidence).hasSize(4).allSatisfy(seen -> {
            assertThat(seen.system()).isEqualTo("database");
            assertThat(seen.asked()).containsAnyOf("psql -h 127.0.0.1", "pg_isready -h 127.0.0.1");
            assertThat(seen.threshold()).isNotBlank();
            assertThat(seen.seen()).isNotEmpty();
            assertThat(seen.context()).containsEntry("user", DatabaseReplica.RUNTIME_APP);
            assertThat(seen.toString()).doesNotContain(password);
        });
    }

    @Test
    void reads_applied_migrations_oldest_first() {
        var migrations = system().migrations(DEV);

        assertThat(migrations.versions()).hasSize(29).isSorted();
        assertThat(migrations.newest()).contains(20260220205000L);
    }

    @Test
    void reads_no_migrations_where_none_ever_ran() {
        assertThat(system().migrations("postgres").versions()).isEmpty();
    }

    @Test
    void says_which_right_is_missing_to_read_migrations() {
        var system = system(DatabaseReplica.KHALA_READER, () -> replica.password(DatabaseReplica.KHALA_READER));

        assertThatThrownBy(() -> system.migrations(DEV))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessage("PostgreSQL at 127.0.0.1:%d, database openagents_runtime_dev, user khala_reader:"
                                .formatted(replica.port())
                        + " user khala_reader lacks the right to read that in database openagents_runtime_dev");
    }

    @Test
    void says_that_a_database_does_not_exist() {
        assertThatThrownBy(() -> system().tables("nowhere", "runtime"))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessage(
                        "PostgreSQL at 127.0.0.1:%d, database nowhere, user postgres: database nowhere does not exist"
                                .formatted(replica.port()));
    }

    @Test
    void says_that_a_login_is_refused_without_telling_the_password() {
        assertThatThrownBy(() ->
                        system(DatabaseReplica.POSTGRES, () -> "s3cret-canary").databases())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("it refused the login of user postgres")
                .hasMessageNotContaining("s3cret-canary")
                .hasNoCause();
    }

    @Test
    void says_that_a_password_cannot_be_read() {
        assertThatThrownBy(() -> system(DatabaseReplica.POSTGRES, () -> {
                            throw new IllegalStateException("s3cret-canary");
                        })
                        .databases())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("the password of user postgres")
                .hasMessageNotContaining("s3cret-canary");
    }

    @Test
    void cannot_write() throws Exception {
        var session = new ReadOnlySession(connection(DatabaseReplica.POSTGRES, () -> "postgres"));
        try (var open = session.open(DEV, "postgres");
                var statement = open.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM runtime.sync_topic_sequences"))
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void takes_no_url_that_holds_a_password() {
        assertThatThrownBy(() -> new DatabaseConnection(
                        "jdbc:postgresql://localhost/postgres?password=s3cret-canary", "postgres", () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret-canary");
    }

    private DatabaseSystem system() {
        return system(DatabaseReplica.POSTGRES, () -> replica.password(DatabaseReplica.POSTGRES));
    }

    private DatabaseSystem system(String user, Supplier<String> password) {
        return new DatabaseSystem(connection(user, password), DatabaseExpectations.defaults(), evidence::add);
    }

    private DatabaseConnection connection(String user, Supplier<String> password) {
        return new DatabaseConnection(replica.jdbcUrl("postgres"), user, password);
    }
}
