package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.check;
import static com.openagents.runbook.replica.checkout.suite.Suite.drill;
import static com.openagents.runbook.replica.checkout.suite.Suite.same;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** What a sync client meets when it comes back (contract 14). */
final class SyncChannelTests {
    private static final String TOPIC = "runtime.codex_worker_events";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    Suite suite() {
        return new Suite(
                "test/openagents_runtime_web/channels/sync_channel_test.exs",
                List.of(
                        drill("a reconnect resumes at its watermark", at -> resumes(at, 2)),
                        drill("a dropped socket resumes without a gap", at -> resumes(at, 3)),
                        drill("a cursor below the retention floor is stale", SyncChannelTests::stale),
                        drill("an expired token is refused and a fresh one resumes", SyncChannelTests::expired),
                        drill("a silent client is told to go after its heartbeats", SyncChannelTests::heartbeat)));
    }

    private static void resumes(Service service, int missed) throws Exception {
        firstThree(service);
        service.data().append(TOPIC, missed);
        resumeAfterThree(service, missed);
    }

    /** Reads rows 1 to 3 and drops the connection. */
    private static void firstThree(Service service) throws Exception {
        service.started().data().clear(TOPIC);
        service.data().append(TOPIC, 3);
        try (var line = SyncLine.join(service, SyncTokens.fresh(TOPIC))) {
            var reply = line.subscribe(TOPIC, 0);
            same("watermark of the first reply", 3L, watermark(reply));
            same("rows of the first connection", List.of(1L, 2L, 3L), line.watermarksTo(3));
        }
    }

    private static void resumeAfterThree(Service service, int missed) throws Exception {
        try (var line = SyncLine.join(service, SyncTokens.fresh(TOPIC))) {
            var reply = line.subscribe(TOPIC, 3);
            same("watermark of the second reply", 3L + missed, watermark(reply));
            same(
                    "rows of the second connection",
                    List.of(4L, 5L, 6L).subList(0, missed),
                    line.watermarksTo(3L + missed));
        }
    }

    private static void stale(Service service) throws Exception {
        service.started().data().clear(TOPIC);
        service.data().append(TOPIC, "2 hours");
        service.data().append(TOPIC, "60 seconds");
        Awaitility.await("retention to delete the old row")
                .atMost(LIMIT)
                .until(() -> oldest(service).equals("2"));
        try (var line = SyncLine.join(service, SyncTokens.fresh(TOPIC))) {
            var reply = line.subscribe(TOPIC, 0);
            same("status of the reply", "error", reply.get("status"));
            var error = line.push("sync:error");
            same("the reply", error, reply.get("response"));
            same("code", "stale_cursor", error.get("code"));
            same("full_resync_required", true, error.get("full_resync_required"));
            same(
                    "stale topics",
                    List.of(Map.of("topic", TOPIC, "resume_after", 0L, "retention_floor", 1L)),
                    error.get("stale_topics"));
        }
    }

    private static void expired(Service service) throws Exception {
        firstThree(service);
        service.data().append(TOPIC, 2);
        check(SyncLine.isRefused(service, SyncTokens.aged(TOPIC, 1_200)), "an expired token was accepted");
        resumeAfterThree(service, 2);
    }

    private static void heartbeat(Service service) throws Exception {
        var series = "openagents_runtime_sync_socket_timeout_count{status=\"timeout\"}";
        double before = service.started().metric(series);
        try (var line = SyncLine.join(service, SyncTokens.fresh(TOPIC))) {
            line.push("sync:heartbeat");
            same(
                    "status of the reply",
                    "ok",
                    line.request("sync:heartbeat", Map.of()).get("status"));
            line.push("phx_close");
            check(service.metric(series) > before, "the time-out was not counted");
        }
    }

    private static String oldest(Service service) throws Exception {
        return service.data().one("SELECT min(watermark)::text FROM runtime.sync_stream_events WHERE topic = ?", TOPIC);
    }

    @SuppressWarnings("unchecked")
    private static Object watermark(Map<String, Object> reply) {
        same("status of the reply", "ok", reply.get("status"));
        var response = (Map<String, Object>) reply.get("response");
        return ((List<Map<String, Object>>) response.get("current_watermarks"))
                .get(0)
                .get("watermark");
    }
}
