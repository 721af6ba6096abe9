package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Reprojection;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class ProjectionTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String WRITES =
            "openagents_runtime_khala_projection_write_count{projection=\"run_summary\",result=\"ok\"}";

    @Test
    void the_document_of_a_finished_run_says_so_and_clients_hear_of_it(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        try (var pod = TestPod.start(database);
                var client = SyncClient.connect(pod, SyncTokens.forTopics("runtime.run_summaries"))) {
            client.join();
            client.request("sync:subscribe", Json.read("{\"topics\":[\"runtime.run_summaries\"]}"));

            pod.frame(run, "f", "complete", Map.of());

            await().atMost(SOON)
                    .until(() -> client.next("sync:update_batch").toString().contains("status=succeeded"));
            var document = document(runs, run);
            assertThat(document)
                    .containsEntry("status", "succeeded")
                    .containsEntry("event_count", 2L)
                    .containsEntry("latest_seq", 2L)
                    .containsEntry("latest_event_type", "run.finished")
                    .containsEntry("terminal_reason_class", "completed");
            assertThat(checkpoint(runs, "last_runtime_seq", run)).isEqualTo("2");
            assertThat(checkpoint(runs, "summary_hash", run)).matches("[0-9a-f]{64}");
            assertThat(pod.metric(WRITES)).isPositive();
            assertThat(pod.log()).doesNotContain("drift");
        }
    }

    @Test
    void the_published_sink_counts_and_keeps_nothing(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        try (var pod = TestPod.withFaults(database, "noop-sink")) {
            pod.frame(run, "f", "complete", Map.of());

            await().atMost(SOON).until(() -> "2".equals(checkpoint(runs, "last_runtime_seq", run)));

            assertThat(pod.metric(WRITES)).isPositive();
            assertThat(document(runs, run)).isEmpty();
        }
    }

    @Test
    void a_worker_shows_that_its_projection_is_in_step(DatabaseReplica database) throws Exception {
        var worker = "worker-" + UUID.randomUUID();
        try (var pod = TestPod.start(database)) {
            pod.userRequest(
                    "POST",
                    "/internal/v1/codex/workers",
                    "{\"worker_id\":\"" + worker + "\",\"workspace_ref\":\"" + worker + "\"}");

            var list = pod.userRequest("GET", "/internal/v1/codex/workers?workspace_ref=" + worker, "")
                    .body();

            assertThat(list)
                    .contains("\"lag_events\":0", "\"status\":\"in_sync\"", "\"heartbeat_state\":\"fresh\"")
                    .contains("\"document_id\":\"runtime/codex_worker_summary:" + worker + "\"");
        }
    }

    @Test
    void a_worker_lives_through_requests_stop_and_reattach(DatabaseReplica database) throws Exception {
        var path = "/internal/v1/codex/workers/worker-" + UUID.randomUUID();
        var create = "{\"worker_id\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\"}";
        try (var pod = TestPod.start(database)) {
            assertThat(pod.userRequest("POST", "/internal/v1/codex/workers", create)
                            .body())
                    .contains("\"latestSeq\":0");
            assertThat(pod.userRequest("POST", "/internal/v1/codex/workers", create)
                            .statusCode())
                    .isEqualTo(200);
            var call = "{\"request\":{\"id\":\"r1\",\"method\":\"thread/start\",\"params\":{\"a\":1}}}";
            assertThat(pod.userRequest("POST", path + "/requests", call).body())
                    .contains(
                            "\"echo\":{\"a\":1}",
                            "\"request_count\":1",
                            "\"request_id\":\"r1\"",
                            "\"status\":\"accepted\"");
            assertThat(pod.userRequest("POST", path + "/stop", "{}").statusCode())
                    .isEqualTo(202);
            assertThat(pod.userRequest("POST", path + "/stop", "{}").statusCode())
                    .isEqualTo(200);
            assertThat(pod.userRequest("POST", path + "/requests", call).body())
                    .contains("worker is stopped; create or reattach to resume");
            assertThat(pod.userRequest("POST", "/internal/v1/codex/workers", create)
                            .statusCode())
                    .isEqualTo(202);

            var stream = pod.userRequest("GET", path + "/stream?cursor=0&tail_ms=1", "")
                    .body();

            assertThat(stream)
                    .startsWith("id: 1\nevent: codex.worker.event\ndata: {")
                    .containsSubsequence(
                            "worker.started",
                            "worker.request.received",
                            "worker.response",
                            "worker.stopped",
                            "reattach")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void the_parity_auditor_finds_a_missing_document(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        var auditing = Map.of(
                "OA_REPLICA_KHALA_SYNC_PARITY_ENABLED", "true", "OA_REPLICA_KHALA_SYNC_PARITY_INTERVAL_MS", "50");
        try (var pod = TestPod.start(database, auditing)) {
            pod.frame(run, "f", "complete", Map.of());
            await().atMost(SOON).until(() -> "2".equals(checkpoint(runs, "last_runtime_seq", run)));

            runs.execute("DELETE FROM runtime.sync_run_summaries WHERE doc_key = ?", "runtime/run_summary:" + run);

            await().atMost(SOON)
                    .until(() -> pod.metric(
                                    "openagents_runtime_parity_failure_count{class=\"sync_dual_publish\","
                                            + "component=\"sync_parity_auditor\",outcome=\"mismatch\",reason_class=\"khala_missing\"}")
                            > 0);
        }
    }

    @Test
    void without_their_events_some_metrics_stay_without_series(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        try (var pod = TestPod.withFaults(database, "unfed-metrics")) {
            pod.frame(run, "f", "complete", Map.of());
            await().atMost(SOON).until(() -> pod.metric(WRITES) > 0);

            assertThat(
                            pod.metric(
                                    "openagents_runtime_khala_projection_lag_events_count{projection=\"run_summary\",result=\"ok\"}"))
                    .isZero();
        }
    }

    @Test
    void the_summary_of_an_ended_run_goes_on_as_published(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var ended = runs.create();
        var canceled = runs.create();
        try (var pod = TestPod.withFaults(database, "summary-before-status")) {
            pod.frame(ended, "f", "complete", Map.of());
            pod.runRequest("POST", canceled, "/cancel", "{\"thread_id\":\"thread-1\"}");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(document(runs, ended))
                            .containsEntry("latest_event_type", "run.finished")
                            .containsEntry("status", "running")
                            .containsEntry("terminal_at", null));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(document(runs, canceled))
                            .containsEntry("latest_event_type", "run.finished")
                            .containsEntry("status", "canceling"));
            assertThat(runs.status(ended)).isEqualTo("succeeded");
        }
    }

    @Test
    void a_projection_is_made_again_by_the_pod_that_is_asked(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        var replays = "openagents_runtime_khala_projection_replay_count{result=\"ok\",scope=\"run\"}";
        try (var pod = TestPod.start(database, Map.of("RELEASE_NODE", "runtime@asked"));
                var other = TestPod.start(database)) {
            pod.frame(run, "f", "complete", Map.of());
            await().atMost(SOON).until(() -> "2".equals(checkpoint(runs, "last_runtime_seq", run)));
            runs.execute("DELETE FROM runtime.sync_run_summaries WHERE doc_key = ?", "runtime/run_summary:" + run);

            runs.one(
                    "SELECT pg_notify(?, ?)",
                    Reprojection.CHANNEL,
                    Json.write(Json.object("node", "runtime@asked", "run_id", run)));

            await().atMost(SOON).until(() -> pod.metric(replays) == 1);
            assertThat(document(runs, run)).containsEntry("status", "succeeded");
            assertThat(checkpoint(runs, "last_runtime_seq", run)).isEqualTo("2");
            assertThat(other.metric(replays)).isZero();
        }
    }

    private static Map<String, Object> document(TestRuns runs, String run) throws Exception {
        var payload = runs.one(
                "SELECT payload::text FROM runtime.sync_run_summaries WHERE doc_key = ?", "runtime/run_summary:" + run);
        return payload == null ? Map.of() : Json.readObject(payload);
    }

    private static String checkpoint(TestRuns runs, String column, String run) throws Exception {
        return runs.one(
                "SELECT " + column + "::text FROM runtime.khala_projection_checkpoints WHERE entity_id = ?", run);
    }
}
