package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class ManySyncClientsTest {
    private static final int CLIENTS = 1_000;
    private static final String TOPIC = "runtime.codex_worker_events";

    @Test
    void a_thousand_clients_on_two_pods_all_hear_every_event_once(DatabaseReplica database) throws Exception {
        var clients = new ArrayList<SyncClient>();
        try (var one = TestPod.start(database);
                var other = TestPod.start(database)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(SyncClient.connect(i % 2 == 0 ? one : other, SyncTokens.forTopics(TOPIC)));
            }
            one.userRequest("POST", "/internal/v1/codex/workers", "{\"worker_id\":\"crowd\"}");
            long head = head(database);
            var resume = Json.object("topics", List.of(TOPIC), "resume_after", Json.object(TOPIC, head));
            for (var client : clients) {
                client.join();
                assertThat(client.request("sync:subscribe", resume)).containsEntry("status", "ok");
            }

            for (int i = 0; i < 3; i++) {
                other.userRequest(
                        "POST", "/internal/v1/codex/workers/crowd/events", "{\"event_type\":\"worker.note\"}");
            }

            for (var client : clients) {
                assertThat(client.watermarksUntil(head + 3)).containsExactly(head + 1, head + 2, head + 3);
            }
        } finally {
            clients.forEach(SyncClient::close);
        }
    }

    private static long head(DatabaseReplica database) throws Exception {
        return Long.parseLong(new TestRuns(database)
                .one("SELECT next_watermark::text FROM runtime.sync_topic_sequences WHERE topic = ?", TOPIC));
    }
}
