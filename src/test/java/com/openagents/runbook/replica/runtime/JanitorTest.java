package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class JanitorTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Map<String, String> QUICK =
            Map.of("OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "50", "OA_REPLICA_JANITOR_RECOVERY_COOLDOWN_MS", "0");

    @TestFactory
    Stream<DynamicTest> runs_are_recovered_by_the_table(DatabaseReplica database) {
        return Rows.tests("janitor.yaml", row -> {
            var runs = new TestRuns(database);
            var run = prepare(runs, row);
            try (var pod = TestPod.start(database, Map.of("OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "30"))) {
                await().atMost(SOON).until(() -> pod.metric("openagents_runtime_janitor_cycle_count") >= 4);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(runs.status(run))
                                .isEqualTo(row.getOrDefault("becomes", row.getOrDefault("status", runs.status(run)))));

                // A resumed run is executed, which starts it if nobody has.
                assertThat(runs.eventTypes(run).stream().filter(type -> !type.equals("run.started")))
                        .isEqualTo(row.get("events"));
                assertThat(runs.one("SELECT recovery_attempt_count::text FROM runtime.runs WHERE run_id = ?", run))
                        .isEqualTo(row.get("attempts").toString());
                if (row.containsKey("reason_class")) {
                    assertThat(runs.one("SELECT terminal_reason_class FROM runtime.runs WHERE run_id = ?", run))
                            .isEqualTo(row.get("reason_class"));
                }
                assertThat(pod.metric("openagents_runtime_janitor_resumed_count"))
                        .isEqualTo("resumed".equals(row.get("metric")) ? 1 : 0);
                assertThat(
                                pod.metric(
                                        "openagents_runtime_janitor_failed_count{reason_class=\"executor_recovery_exhausted\"}"))
                        .isEqualTo("failed".equals(row.get("metric")) ? 1 : 0);
            } finally {
                runs.execute("DELETE FROM runtime.run_leases WHERE run_id = ?", run);
            }
        });
    }

    private static String prepare(TestRuns runs, Map<String, Object> row) throws Exception {
        var run = runs.create();
        if (row.get("finished") instanceof String reasonClass) {
            runs.execute(
                    "INSERT INTO runtime.run_events (run_id, seq, event_type, payload, event_hash, inserted_at)"
                            + " VALUES (?, 1, 'run.finished', jsonb_build_object('reason_class', ?), 'x', now())",
                    run,
                    reasonClass);
            runs.execute("UPDATE runtime.runs SET latest_seq = 1 WHERE run_id = ?", run);
        }
        if (row.get("status") instanceof String status) {
            runs.execute("UPDATE runtime.runs SET status = ? WHERE run_id = ?", status, run);
        }
        if (row.containsKey("attempted")) {
            runs.execute(
                    "UPDATE runtime.runs SET recovery_attempt_count = ?::int,"
                            + " last_recovery_at = timezone('utc', now()) - ?::interval WHERE run_id = ?",
                    row.get("attempted").toString(),
                    row.get("ago") + " seconds",
                    run);
        }
        if (row.containsKey("lease")) {
            lease(runs, run, row.get("lease") + " seconds");
        }
        return run;
    }

    @Test
    void a_frame_is_taken_up_whose_pod_was_killed_before_it_took_the_lease(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        frame(runs, run, "left_1", "user_message", "{\"text\":\"hello\"}");
        frame(runs, run, "left_2", "complete", "{}");

        try (var pod = TestPod.start(database, QUICK)) {
            await().atMost(SOON).until(() -> runs.status(run).equals("succeeded"));
            assertThat(pod.metric("openagents_runtime_janitor_resumed_count")).isZero();
        }
        assertThat(runs.eventTypes(run)).containsExactly("run.started", "run.delta", "run.finished");
    }

    @Test
    void a_run_whose_executor_is_gone_is_taken_over(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        frame(runs, run, "recover_1", "user_message", "{\"text\":\"hello\"}");
        frame(runs, run, "recover_2", "complete", "{}");
        lease(runs, run, "-1 second");

        try (var pod = TestPod.start(database, QUICK)) {
            await().atMost(SOON).until(() -> runs.status(run).equals("succeeded"));

            assertThat(runs.eventTypes(run))
                    .containsExactly("run.executor_lost", "run.started", "run.delta", "run.finished");
            assertThat(runs.one(
                            "SELECT payload->>'lease_owner' FROM runtime.run_events WHERE run_id = ? AND seq = 1", run))
                    .isEqualTo("worker-lost");
            assertThat(runs.one(
                            "SELECT payload->>'lease_expires_at' FROM runtime.run_events WHERE run_id = ? AND seq = 1",
                            run))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
            assertThat(pod.metric("openagents_runtime_lease_operation_count{action=\"acquire\",result=\"stolen\"}"))
                    .isPositive();
            assertThat(pod.metric("openagents_runtime_janitor_resumed_count")).isPositive();
        }
    }

    @Test
    void two_janitors_count_one_attempt(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        // Both janitors must be there when the lease runs out; until then nobody may take up the frame.
        lease(runs, run, "3 seconds");
        frame(runs, run, "f", "complete", "{}");
        var cooling = Map.of("OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "20");
        try (var first = TestPod.start(database, cooling);
                var second = TestPod.start(database, cooling)) {
            await().atMost(SOON).until(() -> runs.status(run).equals("succeeded"));

            assertThat(Collections.frequency(runs.eventTypes(run), "run.executor_lost"))
                    .isEqualTo(1);
            assertThat(first.log() + second.log()).doesNotContain("[error]");
        }
    }

    @Test
    void an_idle_run_fails_as_published_when_leases_are_not_released(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        var published = Map.of(
                "OA_REPLICA_FAULTS", "idle-runs-fail,frames-wait-for-janitor",
                "OA_REPLICA_LEASE_TTL_MS", "100",
                "OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "50",
                "OA_REPLICA_JANITOR_RECOVERY_COOLDOWN_MS", "100");
        try (var pod = TestPod.start(database, published)) {
            pod.frame(run, "f", "user_message", Map.of("text", "hello"));

            await().atMost(SOON).until(() -> runs.status(run).equals("failed"));

            assertThat(Collections.frequency(runs.eventTypes(run), "run.executor_lost"))
                    .isEqualTo(4);
        }
    }

    private static void lease(TestRuns runs, String run, String age) throws Exception {
        runs.execute(
                "INSERT INTO runtime.run_leases (run_id, lease_owner, lease_expires_at, heartbeat_at, inserted_at, updated_at)"
                        + " VALUES (?, 'worker-lost', timezone('utc', now()) + ?::interval, now(), now(), now())",
                run,
                age);
    }

    private static void frame(TestRuns runs, String run, String id, String type, String payload) throws Exception {
        runs.execute(
                "INSERT INTO runtime.frames (run_id, frame_id, frame_type, payload, payload_hash, inserted_at)"
                        + " VALUES (?, ?, ?, ?::jsonb, 'x', now())",
                run,
                id,
                type,
                payload);
    }
}
