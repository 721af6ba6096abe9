package com.openagents.runbook.replica.runtime.spend;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.Rows;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.replica.runtime.TestPod;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.spend.Reservations.Key;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpendContractTest {
    private Database database;
    private TestRuns rows;

    @BeforeAll
    void open(DatabaseReplica replica) {
        rows = new TestRuns(replica);
        database = new Database(
                DatabaseSettings.parse(replica.ectoUrl(DatabaseReplica.TEST), 2), new SystemMetrics(new Metrics()));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> reservations_answer_as_the_contract_says() {
        return Rows.tests("reservations.yaml", row -> {
            var reservations = reservations((boolean) row.getOrDefault("only_total", false));
            var key = key(row);
            bring(key, (String) row.getOrDefault("state", "none"));
            var asked = row.containsKey("authorization")
                    ? new Key((String) row.get("authorization"), key.runId(), key.callId())
                    : key;

            var answer = reservations.reserve(asked, (int) row.getOrDefault("amount", 20), (String)
                    row.getOrDefault("retry_class", "safe_retry"));

            assertThat(answer.word()).isEqualTo(row.get("answer"));
            assertBooked(key, row);
        });
    }

    @TestFactory
    Stream<DynamicTest> settlements_follow_the_state_table() {
        return Rows.tests("settlements.yaml", row -> {
            var key = key(row);
            bring(key, (String) row.get("state"));

            assertThat(settle(key, (String) row.get("action"))).hasToString((String) row.get("answer"));
            assertBooked(key, row);
        });
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> the_most_specific_authorization_is_judged() {
        return Rows.tests("authorizations.yaml", row -> {
            var run = rows.create();
            // The owner of test runs is always the same, and the rows of other cases would be candidates too.
            rows.execute("DELETE FROM runtime.spend_authorizations WHERE owner_user_id IN (7, 8)");
            var ids = new ArrayList<String>();
            for (var given : (List<Map<String, Object>>) row.get("given")) {
                ids.add(authorization(run, given, ids.size()));
            }

            var resolution =
                    new Authorizations(database, InstantSource.system()).resolve(run, (String) row.get("autopilot"));

            assertThat(resolution.authorization().map(Authorizations.Authorization::id))
                    .isEqualTo(java.util.Optional.ofNullable((Integer) row.get("chosen"))
                            .map(ids::get));
            assertThat(resolution.decision().word()).isEqualTo(row.get("decision"));
            assertThat(resolution.decision().reasonCode()).isEqualTo(row.get("code"));
        });
    }

    private String authorization(String run, Map<String, Object> given, int order) throws SQLException {
        var id = "auth-" + UUID.randomUUID();
        rows.execute(
                "INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, issued_at, inserted_at,"
                        + " updated_at) VALUES (?, 7, timestamp '2026-01-01' + ?::interval, now(), now())",
                id,
                order + " days");
        for (var column : given.entrySet()) {
            var value = String.valueOf(column.getValue()).replace("RUN", run).replace("THREAD", TestPod.THREAD);
            var cast = column.getKey().endsWith("_at")
                    ? "::timestamp"
                    : column.getValue() instanceof Integer ? "::bigint" : "";
            rows.execute(
                    "UPDATE runtime.spend_authorizations SET " + column.getKey() + " = ?" + cast
                            + " WHERE authorization_id = ?",
                    value,
                    id);
        }
        return id;
    }

    private Key key(Map<String, Object> row) throws SQLException {
        var run = rows.create();
        var given = row.containsKey("limit")
                ? Map.<String, Object>of("max_total_sats", 100, (String) row.get("limit"), 19)
                : Map.<String, Object>of("max_total_sats", 100);
        return new Key(authorization(run, given, 0), run, "c");
    }

    private void bring(Key key, String state) throws SQLException {
        if (!state.equals("none")) {
            reservations(false).reserve(key, 20, Reservations.SAFE_RETRY);
        }
        if (!state.equals("none") && !state.equals("reserved")) {
            settle(key, state);
        }
    }

    private Reservations.Settled settle(Key key, String state) throws SQLException {
        return switch (state) {
            case "committed" -> reservations(false).commit(key);
            case "released" -> reservations(false).release(key, "test");
            default -> reservations(false).requireReconciliation(key, "test");
        };
    }

    private Reservations reservations(boolean onlyTotal) {
        return new Reservations(database, InstantSource.system(), onlyTotal);
    }

    private void assertBooked(Key key, Map<String, Object> row) throws SQLException {
        assertThat(rows.one(
                        "SELECT state FROM runtime.spend_reservations WHERE authorization_id = ?",
                        key.authorizationId()))
                .isEqualTo(row.get("after"));
        assertThat(rows.one(
                        "SELECT spent_sats || ' ' || reserved_sats FROM runtime.spend_authorizations"
                                + " WHERE authorization_id = ?",
                        key.authorizationId()))
                .isEqualTo(row.get("spent") + " " + row.get("reserved"));
    }
}
