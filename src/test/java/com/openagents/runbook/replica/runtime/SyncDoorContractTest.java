package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets in at the sync socket, and what keeps him there (contract 5.5 and 5.4). */
@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncDoorContractTest {
    private static final String TOPIC = "runtime.codex_worker_events";

    private DatabaseReplica database;
    private TestPod pod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        pod = TestPod.start(database);
    }

    @AfterAll
    void stop() {
        pod.close();
    }

    @TestFactory
    Stream<DynamicTest> tokens_are_judged_by_class() {
        return Rows.tests("jwt.yaml", row -> {
            var variables = new HashMap<String, String>();
            Rows.map(row, "variables").forEach((name, value) -> variables.put(name, (String) value));
            if (variables.isEmpty()) {
                judge(pod, row);
                return;
            }
            try (var own = TestPod.start(database, variables)) {
                judge(own, row);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> some_messages_keep_a_client_and_others_do_not() {
        return Rows.tests("refresh.yaml", row -> {
            var quick = Map.of(
                    "OA_REPLICA_KHALA_SYNC_HEARTBEAT_INTERVAL_MS", "100",
                    "OA_REPLICA_KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", "1500");
            try (var impatient = TestPod.start(database, quick);
                    var client = SyncClient.connect(impatient, SyncTokens.forTopics(TOPIC))) {
                client.join();
                int pushes = 0;
                var event = "sync:heartbeat";
                // Every push of the server is answered, until the client is let go or clearly was kept.
                while (event.equals("sync:heartbeat") && pushes < 30) {
                    client.sendText((String) row.get("say"));
                    event = nextEvent(client);
                    pushes++;
                }
                assertThat(event).isEqualTo((boolean) row.get("keeps") ? "sync:heartbeat" : "phx_close");
            }
        });
    }

    private static void judge(TestPod by, Map<String, Object> row) throws Exception {
        var reason = (String) row.get("reason");
        boolean good = reason.equals("authorized");
        var series = "openagents_runtime_sync_socket_auth_count{reason_class=\"" + reason + "\",status=\""
                + (good ? "ok" : "error") + "\"}";
        double before = by.metric(series);

        int answer = connectStatus(by, "?vsn=2.0.0" + token(row));

        assertThat(answer).isEqualTo(good ? 101 : 403);
        assertThat(by.metric(series)).isEqualTo(before + 1);
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

    private static int connectStatus(TestPod to, String query) {
        try {
            SyncClient.open(to, query).close();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    /** The next event of the channel that is not an answer. */
    private static String nextEvent(SyncClient client) throws InterruptedException {
        var event = client.next().get(3);
        while (event.equals("phx_reply")) {
            event = client.next().get(3);
        }
        return (String) event;
    }
}
