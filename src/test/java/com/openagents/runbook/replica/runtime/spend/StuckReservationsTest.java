package com.openagents.runbook.replica.runtime.spend;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedDatabase.class)
class StuckReservationsTest {
    @ParameterizedTest(name = "9.3 {0} {1} after {2}: {3}, {4} sats reserved")
    @CsvSource({
        "reserved, safe_retry, 2 minutes, released, 5",
        "reserved, dedupe_reconcile_required, 2 minutes, reconcile_required, 25",
        "reserved, safe_retry, 10 seconds, reserved, 25",
        "committed, safe_retry, 2 minutes, committed, 25",
    })
    void reservations_are_settled_by_their_class(
            String state, String retryClass, String age, String after, String reserved, DatabaseReplica replica)
            throws Exception {
        var rows = new TestRuns(replica);
        var run = rows.create();
        var authorization = "auth-" + UUID.randomUUID();
        rows.execute(
                "INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, reserved_sats, issued_at,"
                        + " inserted_at, updated_at) VALUES (?, 7, 25, now(), now(), now())",
                authorization);
        rows.execute(
                "INSERT INTO runtime.spend_reservations (authorization_id, run_id, tool_call_id, amount_sats, state,"
                        + " retry_class, reserved_at, inserted_at, updated_at) VALUES (?, ?, 'c', 20, ?, ?,"
                        + " timezone('utc', now()) - ?::interval, now(), now())",
                authorization,
                run,
                state,
                retryClass,
                age);
        var settings = DatabaseSettings.parse(replica.ectoUrl(DatabaseReplica.TEST), 2);
        try (var database = new Database(settings, new SystemMetrics(new Metrics()))) {
            new StuckReservations(database, Duration.ofSeconds(60), InstantSource.system()).cycle();
        }

        assertThat(rows.one("SELECT state FROM runtime.spend_reservations WHERE authorization_id = ?", authorization))
                .isEqualTo(after);
        assertThat(rows.one(
                        "SELECT reserved_sats::text FROM runtime.spend_authorizations WHERE authorization_id = ?",
                        authorization))
                .isEqualTo(reserved);
    }
}
