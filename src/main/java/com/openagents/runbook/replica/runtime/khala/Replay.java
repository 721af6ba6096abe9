package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Journal;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads what a client has missed, in batches, and knows what can no longer be had. */
final class Replay {
    private static final int ODD = 7;

    private final Journal journal;
    private final SharedPages shared;
    private final SyncMetrics metrics;
    private final boolean emptyTopicHasNoFloor;
    private final int oddTimes;

    /**
     * @param emptyTopicHasNoFloor whether no cursor is stale once retention has emptied a topic (C10)
     * @param oddTimes how often one row in seven is sent; once unless a fault says otherwise
     */
    Replay(Journal journal, SharedPages shared, SyncMetrics metrics, boolean emptyTopicHasNoFloor, int oddTimes) {
        this.journal = journal;
        this.shared = shared;
        this.metrics = metrics;
        this.emptyTopicHasNoFloor = emptyTopicHasNoFloor;
        this.oddTimes = oddTimes;
    }

    /** Sends every row after the watermark and returns the last one sent. */
    long send(String topic, long after, int batchSize, Consumer<Page> receiver) throws SQLException {
        return send(topic, after, receiver, watermark -> read(topic, watermark, batchSize));
    }

    /** The same after a notification, when many channels send the same at once. */
    long sendNew(String topic, long after, int batchSize, Consumer<Page> receiver) throws SQLException {
        return send(
                topic,
                after,
                receiver,
                watermark -> shared.after(topic, watermark, () -> read(topic, watermark, batchSize)));
    }

    private long send(String topic, long after, Consumer<Page> receiver, Pages pages) throws SQLException {
        long watermark = after;
        while (true) {
            var page = pages.after(watermark);
            watermark = page.watermark();
            metrics.replayed(topic, Math.max(page.head() - watermark, 0));
            if (!page.isEmpty()) {
                receiver.accept(page);
            }
            if (page.isLast()) {
                return watermark;
            }
        }
    }

    private Page read(String topic, long after, int batchSize) throws SQLException {
        var rows = journal.after(topic, after, batchSize);
        return Page.of(topic, after, sent(rows), journal.newest(topic));
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
                .flatMap(row -> Collections.nCopies(row.watermark() % ODD == 0 ? oddTimes : 1, row).stream())
                .toList();
    }

    private interface Pages {
        Page after(long watermark) throws SQLException;
    }
}
