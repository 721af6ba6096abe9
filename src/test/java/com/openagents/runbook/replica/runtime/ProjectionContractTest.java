package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of contract 10.1, 10.4 and 10.5, on pods that start with what a row has prepared. */
@ExtendWith(SharedDatabase.class)
class ProjectionContractTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestFactory
    Stream<DynamicTest> a_projection_decides_by_the_checkpoint(DatabaseReplica database) {
        return Rows.tests("checkpoints.yaml", row -> {
            var runs = new TestRuns(database);
            var run = runs.create();
            try (var pod = TestPod.start(database)) {
                projected(runs, pod, run);
                var hash = checkpoint(runs, "summary_hash", run);
                var change = row.containsKey("set")
                        ? "UPDATE runtime.khala_projection_checkpoints SET " + row.get("set")
                        : "DELETE FROM runtime.khala_projection_checkpoints";
                runs.execute(change + " WHERE entity_id = ?", run);
                var series = "openagents_runtime_khala_projection_write_count{projection=\"run_summary\",result=\""
                        + row.get("result") + "\"}";
                double before = pod.metric(series);

                pod.frame(run, "late", "user_message", Map.of());

                await().atMost(SOON).until(() -> pod.metric(series) > before);
                assertThat(pod.metric(series)).isEqualTo(before + 1);
                if (!row.containsKey("stays")) {
                    assertThat(checkpoint(runs, "last_runtime_seq", run)).isEqualTo("2");
                    assertThat(checkpoint(runs, "summary_hash", run)).isEqualTo(hash);
                    assertThat(checkpoint(runs, "projection_version", run)).isEqualTo("khala_summary_v1");
                }
                assertThat(drifts(pod)).isEqualTo(row.containsKey("drift") ? List.of(row.get("drift")) : List.of());
                assertThat(pod.log().contains("[warning] khala projection drift detected"))
                        .isEqualTo(row.containsKey("drift"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> parity_is_judged_by_the_table(DatabaseReplica database) {
        var auditing = Map.of(
                "OA_REPLICA_KHALA_SYNC_PARITY_ENABLED", "true",
                "OA_REPLICA_KHALA_SYNC_PARITY_INTERVAL_MS", "50",
                "OA_REPLICA_KHALA_SYNC_PARITY_SAMPLE_SIZE", "1");
        return Rows.tests("parity.yaml", row -> {
            var runs = new TestRuns(database);
            var run = runs.create();
            try (var pod = TestPod.start(database)) {
                projected(runs, pod, run);
            }
            runs.execute(
                    "UPDATE runtime.khala_projection_checkpoints SET updated_at = now() + interval '1 hour'"
                            + " WHERE entity_id = ?",
                    run);
            if (row.get("sql") instanceof String change) {
                runs.execute(change.replace("{run}", run));
            }

            try (var pod = TestPod.start(database, auditing)) {
                var topic = row.get("reason").equals("unsupported_projection")
                        ? "runtime.unknown"
                        : "runtime.run_summaries";
                await().atMost(SOON)
                        .until(() -> pod.metric("openagents_runtime_sync_parity_entity_count{event_type=\"" + topic
                                        + "\",reason_class=\"" + row.get("reason") + "\",status=\"" + row.get("status")
                                        + "\"}")
                                > 0);
                assertThat(pod.metric(
                                "openagents_runtime_sync_parity_cycle_count{status=\"" + row.get("status") + "\"}"))
                        .isPositive();
            } finally {
                runs.execute("DELETE FROM runtime.khala_projection_checkpoints WHERE entity_id = ?", run);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> rows_are_retained_by_the_table(DatabaseReplica database) {
        return Rows.tests("retention.yaml", row -> {
            var runs = new TestRuns(database);
            var key = "retained-" + UUID.randomUUID();
            for (int i = 1; i <= (int) row.getOrDefault("rows", 1); i++) {
                runs.execute(
                        "INSERT INTO runtime.sync_stream_events (topic, watermark, doc_key, doc_version, inserted_at)"
                                + " VALUES (?, (SELECT coalesce(max(watermark), 0) + 1 FROM runtime.sync_stream_events), ?, 1,"
                                + " timezone('utc', now()) - ?::interval)",
                        (String) row.getOrDefault("topic", "test.retention"),
                        key,
                        row.get("hours") + " hours");
            }
            var young = "young-" + key;
            runs.execute(
                    "INSERT INTO runtime.sync_stream_events (topic, watermark, doc_key, doc_version, inserted_at) VALUES"
                            + " ('test.last', (SELECT coalesce(max(watermark), 0) + 1 FROM runtime.sync_stream_events), ?,"
                            + " 1, timezone('utc', now()) - interval '1000 hours')",
                    young);
            var variables = new HashMap<String, String>();
            variables.put("OA_REPLICA_KHALA_SYNC_RETENTION_INTERVAL_MS", "50");
            Rows.map(row, "variables").forEach((name, value) -> variables.put(name, (String) value));

            try (var pod = TestPod.start(database, variables)) {
                // The job has been there once what is older than everything is gone.
                await().atMost(SOON).until(() -> retained(runs, young) == 0);

                assertThat(retained(runs, key) > 0).isEqualTo(row.get("stays"));
                assertThat(pod.log()).doesNotContain("[error]");
            }
        });
    }

    /** A run that has succeeded, and nothing of it is left to project. */
    private static void projected(TestRuns runs, TestPod pod, String run) throws Exception {
        pod.frame(run, "f", "complete", Map.of());
        await().atMost(SOON).until(() -> "2".equals(checkpoint(runs, "last_runtime_seq", run)));
        await().atMost(SOON)
                .until(() -> runs.list("SELECT run_id FROM runtime.run_leases WHERE run_id = ?", run)
                        .isEmpty());
    }

    /** The reason of every drift the pod has counted. */
    private static List<Object> drifts(TestPod pod) throws Exception {
        var found = new ArrayList<>();
        for (var reason : List.of("checkpoint_ahead", "summary_hash_mismatch", "projection_version_changed")) {
            var series = "openagents_runtime_khala_projection_drift_count{projection=\"run_summary\",reason_class=\""
                    + reason + "\"}";
            if (pod.metric(series) > 0) {
                found.add(reason);
            }
        }
        return found;
    }

    private static int retained(TestRuns runs, String key) throws Exception {
        return runs.list("SELECT doc_key FROM runtime.sync_stream_events WHERE doc_key = ?", key)
                .size();
    }

    private static String checkpoint(TestRuns runs, String column, String run) throws Exception {
        return runs.one(
                "SELECT " + column + "::text FROM runtime.khala_projection_checkpoints WHERE entity_id = ?", run);
    }
}
