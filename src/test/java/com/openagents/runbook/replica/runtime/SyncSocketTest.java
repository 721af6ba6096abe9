package com.openagents.runbook.replica.runtime;

import static com.openagents.runbook.replica.runtime.SyncClient.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
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

    @TestFactory
    Stream<DynamicTest> tokens_are_judged_by_class() {
        return Rows.tests("jwt.yaml", row -> {
            var reason = (String) row.get("reason");
            var status = reason.equals("authorized") ? "ok" : "error";
            var series = "openagents_runtime_sync_socket_auth_count{reason_class=\"" + reason + "\",status=\"" + status
                    + "\"}";
            double before = pod.metric(series);

            int answer = connectStatus("?vsn=2.0.0" + token(row));

            assertThat(answer).isEqualTo(reason.equals("authorized") ? 101 : 403);
            assertThat(pod.metric(series)).isEqualTo(before + 1);
        });
    }

    private static String token(Map<String, Object> row) {
        if (row.containsKey("token")) {
            return row.get("token").equals("absent") ? "" : "&token=" + row.get("token");
        }
        var header = new HashMap<>(SyncTokens.header());
        header.putAll(Rows.map(row, "header"));
        var claims = new HashMap<>(SyncTokens.claims());
        claims.putAll(Rows.map(row, "claims"));
        Rows.map(row, "times")
                .forEach((name, offset) -> claims.put(name, Instant.now().getEpochSecond() + (int) offset));
        return "&token=" + SyncTokens.sign(header, claims, (String) row.getOrDefault("key", SyncTokens.KEY));
    }

    private int connectStatus(String query) {
        try {
            SyncClient.open(pod, query).close();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    @Test
    void an_unsupported_version_is_refused() {
        assertThat(connectStatus("?vsn=3.0.0&token=" + SyncTokens.forTopics(TOPIC)))
                .isEqualTo(403);
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
    void a_plain_get_with_a_good_token_is_told_what_is_missing() throws Exception {
        var query = "/socket/websocket?vsn=2.0.0&token=" + SyncTokens.forTopics(TOPIC);

        var answer =
                TestPod.send(HttpRequest.newBuilder(URI.create(pod.url(query))).build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("'connection' header must contain 'upgrade', got []");
    }

    @Test
    void join_heartbeat_and_leave_speak_the_phoenix_protocol() throws Exception {
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC, "odd"))) {
            client.sendText("[\"1\",\"1\",\"sync:v1\",\"phx_join\",{}]");
            var join = client.next();
            assertThat(join.subList(0, 4)).containsExactly("1", "1", "sync:v1", "phx_reply");
            var joined = response(SyncClient.payload(join));
            assertThat(joined.get("subscription_id").toString()).startsWith("sub_");
            assertThat(joined)
                    .containsEntry("allowed_topics", List.of(TOPIC))
                    .containsEntry("current_watermarks", List.of());

            client.sendText("[null,\"7\",\"phoenix\",\"heartbeat\",{}]");
            assertThat(Json.write(client.next()))
                    .isEqualTo("[null,\"7\",\"phoenix\",\"phx_reply\",{\"response\":{},\"status\":\"ok\"}]");

            client.sendText("[\"1\",\"8\",\"sync:v1\",\"phx_leave\",{}]");
            assertThat(client.next().get(3)).isEqualTo("phx_reply");
            assertThat(Json.write(client.next())).isEqualTo("[\"1\",\"1\",\"sync:v1\",\"phx_close\",{}]");
        }
    }

    @Test
    void other_topics_and_early_pushes_are_unmatched() throws Exception {
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.sendText("[\"1\",\"1\",\"other\",\"phx_join\",{}]");
            var unmatched =
                    "[null,\"1\",\"other\",\"phx_reply\",{\"response\":{\"reason\":\"unmatched topic\"},\"status\":\"error\"}]";
            assertThat(Json.write(client.next())).isEqualTo(unmatched);
            client.sendText("[\"1\",\"2\",\"sync:v1\",\"sync:heartbeat\",{}]");
            assertThat(Json.write(client.next())).contains("[null,\"2\",\"sync:v1\"", "unmatched topic");
        }
    }

    @Test
    void an_unknown_event_crashes_the_channel_but_not_the_socket() throws Exception {
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.join();
            client.send("sync:v1", "odd", Map.of());

            assertThat(client.next().get(3)).isEqualTo("phx_error");
            assertThat(client.join()).containsEntry("status", "ok");
        }
    }

    @Test
    void a_text_that_is_not_json_closes_the_socket() throws Exception {
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.sendText("{");

            assertThat(client.closeCode()).isEqualTo(1011);
        }
    }

    @TestFactory
    Stream<DynamicTest> bad_subscriptions_change_nothing() {
        return Stream.of(
                        Map.entry("{}", "bad_subscription"),
                        Map.entry("{\"topics\":[]}", "bad_subscription"),
                        Map.entry("{\"topics\":[\" \"]}", "bad_subscription"),
                        Map.entry("{\"topics\":[\"odd\"]}", "forbidden_topic"),
                        Map.entry("{\"topics\":[\"runtime.notifications\"]}", "forbidden_topic"),
                        Map.entry("{\"topics\":[\"" + TOPIC + "\"],\"resume_after\":5}", "bad_subscription"),
                        Map.entry("{\"topics\":[\"" + TOPIC + "\"],\"resume_after\":{\"x\":-1}}", "bad_subscription"),
                        Map.entry(
                                "{\"topics\":[\"" + TOPIC + "\"],\"resume_after\":[{\"topic\":\"x\"}]}",
                                "bad_subscription"))
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
                        client.join();

                        var reply = client.request("sync:subscribe", Json.read(row.getKey()));

                        assertThat(reply).containsEntry("status", "error");
                        assertThat(response(reply)).containsEntry("code", row.getValue());
                    }
                }));
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
    void a_heartbeat_is_pushed_and_answered() throws Exception {
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(TOPIC))) {
            client.join();
            client.send("sync:v1", "sync:heartbeat", Map.of());

            assertThat(client.next().get(3)).isEqualTo("sync:heartbeat");
            assertThat(client.next().get(3)).isEqualTo("phx_reply");
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
    void a_cursor_below_the_floor_is_stale_also_when_the_topic_is_empty() throws Exception {
        var topic = "runtime.notifications";
        rows.execute("UPDATE runtime.sync_topic_sequences SET next_watermark = 5 WHERE topic = ?", topic);
        try (var client = SyncClient.connect(pod, SyncTokens.forTopics(topic))) {
            client.join();

            var reply = client.request(
                    "sync:subscribe", Json.object("topics", List.of(topic), "resume_after", Json.object(topic, 2)));

            assertThat(Json.write(response(reply)))
                    .isEqualTo(
                            "{\"code\":\"stale_cursor\",\"full_resync_required\":true,"
                                    + "\"message\":\"cursor is older than retention floor\","
                                    + "\"stale_topics\":[{\"resume_after\":2,\"retention_floor\":5,\"topic\":\"runtime.notifications\"}]}");
            assertThat(client.next().get(3)).isEqualTo("sync:error");
            assertThat(SyncClient.payload(client.next()))
                    .containsEntry("kind", "KHALA_FRAME_KIND_ERROR")
                    .containsEntry("seq", 0L);
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
