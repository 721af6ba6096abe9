package com.openagents.runbook.replica.runtime;

import static com.openagents.runbook.replica.runtime.SyncClient.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncSocketTest {
    private static final String TOPIC = "runtime.codex_worker_events";
    private static final Duration SOON = Duration.ofSeconds(10);

    private DatabaseReplica database;
    private TestRuns rows;
    private TestPod pod;
    private TestPod secondPod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        rows = new TestRuns(database);
        pod = TestPod.start(database);
        secondPod = TestPod.start(database);
    }

    @AfterAll
    void stop() {
        pod.close();
        secondPod.close();
    }

    @Test
    void the_origin_must_be_the_endpoint_host() throws Exception {
        var query = "/socket/websocket?vsn=2.0.0&token=" + SyncTokens.forTopics(TOPIC);
        var foreign = HttpRequest.newBuilder(URI.create(pod.url(query))).header("origin", "https://example.org");
        var own = HttpRequest.newBuilder(URI.create(pod.url(query))).header("origin", "http://runtime.test:99");

        assertThat(TestPod.send(foreign.build()).statusCode()).isEqualTo(403);
        assertThat(pod.log()).contains("Could not check origin for Phoenix.Socket transport.");
        assertThat(TestPod.send(own.build()).statusCode()).isEqualTo(400);
    }

    @Test
    void a_reconnect_resumes_without_gap_and_hears_of_other_pods() throws Exception {
        var worker = createWorker();
        long head = head();
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.join();
            var reply = client.request("sync:subscribe", subscribe(head - 1));
            assertThat(client.watermarksUntil(head)).containsExactly(head);
            assertThat(response(reply).toString()).contains("watermark=" + head);
        }
        event(pod, worker);
        event(secondPod, worker);
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.join();
            client.request("sync:subscribe", subscribe(head));
            assertThat(client.watermarksUntil(head + 2)).containsExactly(head + 1, head + 2);

            event(secondPod, worker);

            assertThat(client.watermarksUntil(head + 3)).containsExactly(head + 3);
        }
    }

    @Test
    void every_batch_comes_twice_and_its_hash_can_be_recomputed() throws Exception {
        createWorker();
        long head = head();
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.join();
            client.send("sync:v1", "sync:subscribe", subscribe(head - 1));

            var batch = client.next();
            var frame = client.next();
            var reply = client.next();

            assertThat(List.of(batch.get(3), frame.get(3), reply.get(3)))
                    .containsExactly("sync:update_batch", "sync:frame", "phx_reply");
            var framed = SyncClient.payload(frame);
            assertThat(framed).containsEntry("seq", head).containsEntry("kind", "KHALA_FRAME_KIND_UPDATE_BATCH");
            var bytes = java.util.Base64.getDecoder().decode((String) framed.get("payload_bytes"));
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(Json.write(SyncClient.payload(batch)));
            var update = (Map<?, ?>) ((List<?>) SyncClient.payload(batch).get("updates")).get(0);
            var digest = com.openagents.runbook.replica.runtime.events.Digests.sha256(
                    Json.write(update.get("payload")).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(update.get("payload_hash"))
                    .isEqualTo(java.util.Base64.getEncoder().encodeToString(digest));
        }
    }

    @Test
    void a_silent_client_is_told_and_then_let_go() throws Exception {
        var quick = Map.of(
                "OA_REPLICA_KHALA_SYNC_HEARTBEAT_INTERVAL_MS", "50",
                "OA_REPLICA_KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", "200");
        try (var impatient = TestPod.start(database, quick);
                var client = SyncClient.connect(impatient, SyncTokens.forTopics(TOPIC))) {
            client.join();

            assertThat(client.next().get(3)).isEqualTo("sync:heartbeat");
            client.next("phx_close");

            assertThat(impatient.metric("openagents_runtime_sync_socket_timeout_count{status=\"timeout\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void tokens_do_not_reach_the_log() throws Exception {
        var token = SyncTokens.forTopics(TOPIC);
        try (var client = SyncClient.connect(pod, token)) {
            client.join();
        }

        assertThat(pod.log())
                .contains("CONNECTED TO OpenAgentsRuntimeWeb.SyncSocket")
                .doesNotContain(token);
    }

    @Test
    void a_stopping_pod_sends_its_clients_away() throws Exception {
        try (var stopping = TestPod.start(database);
                var client = SyncClient.connect(stopping, SyncTokens.forTopics(TOPIC))) {
            client.join();

            stopping.stop();

            assertThat(client.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void disconnects_of_clients_are_normal() throws Exception {
        var series = "openagents_runtime_sync_socket_connection_count{action=\"disconnect\",status=\"normal\"}";
        double before = pod.metric(series);
        var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC));
        client.join();

        client.close();

        await().atMost(SOON).until(() -> pod.metric(series) >= before + 1);
    }

    private static Map<String, Object> subscribe(long resumeAfter) {
        return Json.object("topics", List.of(TOPIC), "resume_after", Json.object(TOPIC, resumeAfter));
    }

    private String createWorker() throws Exception {
        var worker = "worker-" + UUID.randomUUID();
        var answer =
                pod.userRequest("POST", "/internal/v1/codex/workers", Json.write(Json.object("worker_id", worker)));
        assertThat(answer.statusCode()).isEqualTo(202);
        return worker;
    }

    private static void event(TestPod through, String worker) throws Exception {
        var answer = through.userRequest(
                "POST",
                "/internal/v1/codex/workers/" + worker + "/events",
                "{\"event\":{\"event_type\":\"worker.note\",\"payload\":{\"x\":1}}}");
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private long head() throws Exception {
        return Long.parseLong(
                rows.one("SELECT next_watermark::text FROM runtime.sync_topic_sequences WHERE topic = ?", TOPIC));
    }
}
