package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contract 8 and 9 for the tools that runs call. */
@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolCallsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LIFECYCLE = "openagents_runtime_tool_lifecycle_count{";
    private static final Map<String, String> SHORT_LEASES = Map.of(
            "OA_REPLICA_LEASE_TTL_MS", "1500",
            "OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "50",
            "OA_REPLICA_JANITOR_RECOVERY_COOLDOWN_MS", "100");

    private DatabaseReplica database;
    private TestRuns runs;
    private ToolCallsGiven given;
    private TestPod pod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        runs = new TestRuns(database);
        given = new ToolCallsGiven(database, runs);
        pod = TestPod.start(database, Map.of("OA_REPLICA_TOOL_TIMEOUT_MS", "500"));
    }

    @AfterAll
    void stop() {
        pod.close();
    }

    @TestFactory
    Stream<DynamicTest> tool_calls_end_as_the_contract_says() {
        return Rows.tests("tool-calls.yaml", row -> {
            var run = runs.create();
            given.bring(run, row);
            var series = LIFECYCLE + series(row) + "}";
            double before = pod.metric(series);

            pod.frame(run, "f", "tool.execute", payload(row));
            awaitProcessed(run);

            var types = runs.eventTypes(run);
            assertThat(types.subList(1, types.size())).isEqualTo(row.get("events"));
            assertThat(task(run, "state")).isEqualTo(row.get("state"));
            assertThat(task(run, "error_class")).isEqualTo(row.get("error_class"));
            assertThat(reasonCode(run)).isEqualTo(row.get("code"));
            assertThat(reservation(run)).isEqualTo(row.get("reservation"));
            if (row.containsKey("spent")) {
                assertThat(runs.one("SELECT spent_sats::text FROM runtime.spend_authorizations WHERE run_id = ?", run))
                        .isEqualTo(row.get("spent").toString());
            }
            if (row.containsKey("series")) {
                assertThat(pod.metric(series)).isGreaterThan(before);
            }
        });
    }

    /** Labels are exposed in the order of their names. */
    private static String series(Map<String, Object> row) {
        var labels = ((String) row.getOrDefault("series", "phase=\"none\"")).split(",");
        return String.join(",", Stream.of(labels).sorted().toList());
    }

    private static Map<String, Object> payload(Map<String, Object> row) {
        var payload = new HashMap<>(Rows.map(row, "charge"));
        payload.put("tool_call_id", "call");
        payload.put("tool_name", row.get("tool"));
        payload.put("input", Rows.map(row, "input"));
        return payload;
    }

    private void awaitProcessed(String run) {
        await().atMost(SOON)
                .until(() -> runs.list(
                                        "SELECT r.run_id FROM runtime.runs r JOIN runtime.frames f ON f.run_id = r.run_id"
                                                + " AND f.id = r.last_processed_frame_id WHERE r.run_id = ?",
                                        run)
                                .size()
                        == 1);
    }

    private String task(String run, String column) throws SQLException {
        return runs.one("SELECT " + column + " FROM runtime.tool_tasks WHERE run_id = ?", run);
    }

    private String reasonCode(String run) throws SQLException {
        return runs.one(
                "SELECT payload->>'reason_code' FROM runtime.run_events WHERE run_id = ?"
                        + " AND event_type = 'policy.decision' AND payload->>'decision' = 'denied'"
                        + " AND payload->>'policy_decision_id' IS NOT NULL",
                run);
    }

    private String reservation(String run) throws SQLException {
        return runs.one("SELECT state FROM runtime.spend_reservations WHERE run_id = ?", run);
    }

    @Test
    void a_cancel_ends_the_tool_that_works() throws Exception {
        try (var patient = TestPod.start(database, Map.of("OA_REPLICA_TOOL_TIMEOUT_MS", "60000"))) {
            var run = runs.create();
            patient.frame(run, "f", "tool.execute", waits(60_000));
            await().atMost(SOON).until(() -> "streaming".equals(task(run, "state")));

            patient.runRequest("POST", run, "/cancel", "{\"thread_id\":\"thread-1\"}");

            await().atMost(SOON).until(() -> runs.status(run).equals("canceled"));
            assertThat(task(run, "state")).isEqualTo("canceled");
            assertThat(runs.eventTypes(run))
                    .containsExactly(
                            "run.started",
                            "tool.call",
                            "tool.progress",
                            "run.cancel_requested",
                            "tool.result",
                            "run.finished");
        }
    }

    @Test
    void a_tool_that_takes_longer_than_the_lease_keeps_its_run() throws Exception {
        try (var working = TestPod.start(database, SHORT_LEASES);
                var idle = TestPod.start(database, SHORT_LEASES)) {
            var run = runs.create();
            working.frame(run, "f", "tool.execute", waits(4_000));
            idle.frame(run, "g", "complete", Map.of());

            await().atMost(SOON).until(() -> runs.status(run).equals("succeeded"));

            assertThat(task(run, "state")).as(task(run, "error_class")).isEqualTo("succeeded");
            assertThat(runs.eventTypes(run))
                    .containsExactly("run.started", "tool.call", "tool.progress", "tool.result", "run.finished");
        }
    }

    @Test
    void limits_per_call_are_not_looked_at_as_published() throws Exception {
        try (var published = TestPod.withFaults(database, "only-total-limit")) {
            var run = runs.create();
            given.authorize(run, Map.of("max_per_call_sats", 4, "max_per_day_sats", 4, "threshold_sats", 4));
            var payload = waits(0);
            payload.put("amount_sats", 5);
            payload.put("retry_class", "safe_retry");

            published.frame(run, "f", "tool.execute", payload);
            awaitProcessed(run);

            assertThat(reservation(run)).isEqualTo("committed");
        }
    }

    @Test
    void decisions_of_policy_are_counted_but_not_as_published() throws Exception {
        double before = decisions(pod);
        callPaid(pod);
        assertThat(decisions(pod)).isGreaterThan(before);

        try (var published = TestPod.withFaults(database, "policy-silent")) {
            callPaid(published);
            assertThat(decisions(published)).isZero();
        }
    }

    private void callPaid(TestPod on) throws Exception {
        var run = runs.create();
        given.authorize(run, Map.of("max_total_sats", 100));
        var payload = waits(0);
        payload.put("amount_sats", 5);
        payload.put("retry_class", "safe_retry");
        on.frame(run, "f", "tool.execute", payload);
        awaitProcessed(run);
        assertThat(reservation(run)).isEqualTo("committed");
    }

    private static double decisions(TestPod of) throws Exception {
        return of.metric("openagents_runtime_policy_decision_count{authorization_mode=\"delegated_budget\","
                + "decision=\"allowed\",settlement_boundary=\"reserve\"}");
    }

    private static Map<String, Object> waits(long millis) {
        return Json.object("tool_call_id", "call", "tool_name", "runtime.wait", "input", Map.of("millis", millis));
    }
}
