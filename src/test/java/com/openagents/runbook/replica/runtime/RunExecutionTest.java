package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunExecutionTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private DatabaseReplica database;
    private TestRuns runs;
    private TestPod pod;
    private TestPod secondPod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        runs = new TestRuns(database);
        pod = TestPod.start(database);
        secondPod = TestPod.start(database);
    }

    @AfterAll
    void stop() {
        pod.close();
        secondPod.close();
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> frames_cause_what_the_contract_says() {
        return Rows.tests("frames.yaml", row -> {
            var run = runs.create();
            var frames = (List<Map<String, Object>>) row.get("frames");
            int sent = send(run, frames, (int) row.getOrDefault("repeat", 1), row.containsKey("vary"));

            awaitAnswered(run, sent);

            assertThat(runs.status(run)).isEqualTo(row.get("status"));
            assertThat(runs.one("SELECT terminal_reason_class FROM runtime.runs WHERE run_id = ?", run))
                    .isEqualTo(row.get("reason_class"));
            var types = runs.eventTypes(run);
            assertThat(types).startsWith("run.started");
            if (row.containsKey("events")) {
                assertThat(types.subList(1, types.size())).isEqualTo(row.get("events"));
            }
            assertThat(types)
                    .containsAll((List<String>) row.getOrDefault("events_contain", List.of()))
                    .doesNotContainAnyElementsOf((List<String>) row.getOrDefault("events_lack", List.of("-")));
            if (row.containsKey("payload")) {
                assertThat(lastPayload(run)).isEqualTo(Json.write(row.get("payload")));
            }
        });
    }

    private int send(String run, List<Map<String, Object>> frames, int repeat, boolean vary) throws Exception {
        int sent = 0;
        for (int round = 0; round < repeat; round++) {
            for (var frame : frames) {
                var payload = new HashMap<>(Rows.map(frame, "payload"));
                if (vary) {
                    payload.put("round", round);
                }
                pod.frame(run, "f" + sent++, (String) frame.get("type"), payload);
            }
        }
        return sent;
    }

    private void awaitAnswered(String run, int sent) {
        await().atMost(SOON).until(() -> {
            var newest = runs.one("SELECT max(id)::text FROM runtime.frames WHERE run_id = ?", run);
            var done = runs.one("SELECT last_processed_frame_id::text FROM runtime.runs WHERE run_id = ?", run);
            return newest.equals(done)
                    || List.of("succeeded", "failed", "canceled").contains(runs.status(run));
        });
        assertThat(sent).isPositive();
    }

    private String lastPayload(String run) throws Exception {
        var payload = runs.one(
                "SELECT payload::text FROM runtime.run_events WHERE run_id = ? ORDER BY seq DESC LIMIT 1", run);
        return Json.write(Json.read(payload));
    }

    @Test
    void a_frame_is_accepted_once() throws Exception {
        var run = runs.create();

        assertThat(pod.frame(run, "f", "a", Map.of("x", 1)).statusCode()).isEqualTo(202);
        assertThat(secondPod.frame(run, "f", "a", Map.of("x", 1)).statusCode()).isEqualTo(200);
        assertThat(pod.frame(run, "f", "a", Map.of("x", 2)).statusCode()).isEqualTo(409);
        assertThat(pod.frame(run, "f", "b", Map.of("x", 1)).body())
                .contains("frame_id payload mismatch for existing frame");
    }

    @Test
    void frames_on_two_pods_are_all_processed_at_once_and_in_order() throws Exception {
        var run = runs.create();
        for (int i = 0; i < 8; i++) {
            (i % 2 == 0 ? pod : secondPod).frame(run, "f" + i, "user_message", Map.of("text", "t" + i));
        }
        secondPod.frame(run, "end", "complete", Map.of());

        await().atMost(Duration.ofSeconds(5)).until(() -> runs.status(run).equals("succeeded"));

        assertThat(runs.list(
                        "SELECT payload->>'frame_id' FROM runtime.run_events WHERE run_id = ? AND event_type = 'run.delta'"
                                + " ORDER BY seq",
                        run))
                .containsExactly("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7");
        assertThat(runs.eventTypes(run)).doesNotContain("run.executor_lost");
    }

    @Test
    void an_idle_run_holds_no_lease() throws Exception {
        var run = runs.create();
        pod.frame(run, "f", "user_message", Map.of("text", "hello"));

        await().atMost(SOON).until(() -> runs.eventTypes(run).contains("run.delta"));

        await().atMost(SOON)
                .until(() -> runs.list("SELECT lease_owner FROM runtime.run_leases WHERE run_id = ?", run)
                        .isEmpty());
    }

    @Test
    void cancel_ends_a_run_that_never_executed() throws Exception {
        var run = runs.create();

        var first = pod.runRequest("POST", run, "/cancel", "{\"thread_id\":\"thread-1\",\"reason\":\"enough\"}");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body())
                .isEqualTo("{\"cancelRequested\":true,\"idempotentReplay\":false,\"runId\":\"" + run
                        + "\",\"status\":\"canceling\"}");
        await().atMost(SOON).until(() -> runs.status(run).equals("canceled"));
        assertThat(runs.eventTypes(run)).containsExactly("run.cancel_requested", "run.finished");
        assertThat(lastPayload(run))
                .isEqualTo("{\"reason\":\"enough\",\"reason_class\":\"cancel_requested\",\"status\":\"canceled\"}");
        var again = secondPod.runRequest("POST", run, "/cancel", "{\"thread_id\":\"thread-1\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"idempotentReplay\":true", "\"status\":\"canceled\"");
    }

    @Test
    void cancel_closes_open_tool_tasks() throws Exception {
        var run = runs.create();
        runs.execute(
                "INSERT INTO runtime.tool_tasks (run_id, tool_call_id, tool_name, state, queued_at, inserted_at, updated_at)"
                        + " VALUES (?, 'c1', 'x', 'running', now(), now(), now())",
                run);

        pod.runRequest("POST", run, "/cancel", "{\"thread_id\":\"thread-1\"}");

        await().atMost(SOON)
                .until(() -> runs.one("SELECT state FROM runtime.tool_tasks WHERE run_id = ?", run)
                        .equals("canceled"));
    }

    @Test
    void the_snapshot_tells_the_run_as_it_is() throws Exception {
        var run = runs.create();
        pod.frame(run, "f", "complete", Map.of());
        await().atMost(SOON).until(() -> runs.status(run).equals("succeeded"));

        var snapshot =
                pod.runRequest("GET", run, "/snapshot?thread_id=thread-1", "").body();

        assertThat(snapshot).contains("\"status\":\"succeeded\"", "\"latestSeq\":2", "\"threadId\":\"thread-1\"");
    }

    @Test
    void the_published_snapshot_knows_nothing() throws Exception {
        var run = runs.create();
        try (var published = TestPod.withFaults(database, "snapshot-unknown")) {
            var snapshot = published
                    .runRequest("GET", run, "/snapshot?thread_id=thread-1", "")
                    .body();

            assertThat(snapshot).contains("\"status\":\"unknown\"", "\"latestSeq\":0");
        }
    }

    @Test
    void a_loop_warning_fails_the_run_as_published() throws Exception {
        try (var published = TestPod.withFaults(database, "warning-loop-fails-run")) {
            var run = runs.create();
            for (int i = 0; i < 10; i++) {
                published.frame(run, "f" + i, "a", Map.of("x", 1));
            }

            await().atMost(SOON).until(() -> runs.status(run).equals("failed"));

            assertThat(lastPayload(run)).contains("loop_detected.no_progress", "generic_repeat");
        }
    }
}
