package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Journal;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads what a client has missed, in batches, and knows what can no longer be had. */
final class Replay {
    private static final int SKIPPED = 7;

    private final Journal journal;
    private final SyncMetrics metrics;
    private final boolean emptyTopicHasNoFloor;
    private final boolean skips;

    /**
     * @param emptyTopicHasNoFloor whether no cursor is stale once retention has emptied a topic (C10)
     * @param skips whether one row in seven is left out
     */
    Replay(Journal journal, SyncMetrics metrics, boolean emptyTopicHasNoFloor, boolean skips) {
        this.journal = journal;
        this.metrics = metrics;
        this.emptyTopicHasNoFloor = emptyTopicHasNoFloor;
        this.skips = skips;
    }

    /** Sends every row after the watermark and returns the last one sent. */
    long send(String topic, long after, int batchSize, BatchReceiver receiver) throws SQLException {
        long watermark = after;
        while (true) {
            var rows = journal.after(topic, watermark, batchSize);
            if (!rows.isEmpty()) {
                watermark = rows.get(rows.size() - 1).watermark();
            }
            long head = journal.newest(topic);
            metrics.replayed(topic, Math.max(head - watermark, 0));
            boolean complete = watermark >= head || rows.isEmpty();
            if (!rows.isEmpty()) {
                receiver.receive(topic, watermark, batch(topic, sent(rows), complete, head));
            }
            if (complete) {
                return watermark;
            }
        }
    }

    /** The topics of the subscription that the client cannot catch up with (contract 5.3, rule 5). */
    List<Map<String, Object>> stale(Subscription subscription) throws SQLException {
        var stale = new ArrayList<Map<String, Object>>();
        for (var topic : subscription.topics()) {
            var resumeAfter = subscription.resumeAfter().get(topic);
            if (resumeAfter != null) {
                long floor = floor(topic);
                if (resumeAfter < floor) {
                    stale.add(Json.object("topic", topic, "resume_after", resumeAfter, "retention_floor", floor));
                }
            }
        }
        return stale;
    }

    private long floor(String topic) throws SQLException {
        long oldest = journal.oldest(topic);
        if (oldest == 0 && !emptyTopicHasNoFloor) {
            return journal.head(topic);
        }
        return Math.max(oldest - 1, 0);
    }

    private List<Journal.Entry> sent(List<Journal.Entry> rows) {
        return rows.stream()
                .filter(row -> !skips || row.watermark() % SKIPPED != 0)
                .toList();
    }

    private static Map<String, Object> batch(String topic, List<Journal.Entry> rows, boolean complete, long head) {
        return Json.object(
                "updates", rows.stream().map(Replay::update).toList(),
                "replay_complete", complete,
                "head_watermarks", List.of(Json.object("topic", topic, "watermark", head)));
    }

    private static Map<String, Object> update(Journal.Entry row) {
        var hash = row.hash() == null ? null : Base64.getEncoder().encodeToString(row.hash());
        return Json.object(
                "topic", row.topic(),
                "doc_key", row.docKey(),
                "doc_version", row.docVersion(),
                "payload", row.payload(),
                "payload_hash", hash,
                "watermark", row.watermark(),
                "hydration_required", row.payload() == null);
    }

    /** Takes one batch. */
    interface BatchReceiver {
        void receive(String topic, long watermark, Map<String, Object> payload);
    }
}
