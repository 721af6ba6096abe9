package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Sql;
import java.sql.SQLException;
import java.time.InstantSource;

/** Keeps the documents as read models and tells sync clients about them. */
final class ReadModelSink implements Sink {
    private final Journal journal;
    private final InstantSource clock;

    ReadModelSink(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void upsert(Sql sql, Summary summary) throws SQLException {
        var table = table(summary.projection());
        var now = clock.instant();
        sql.update(
                "INSERT INTO " + table + " (doc_key, doc_version, payload, payload_hash, inserted_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (doc_key) DO UPDATE SET doc_version = excluded.doc_version,"
                        + " payload = excluded.payload, payload_hash = excluded.payload_hash, updated_at = excluded.updated_at",
                summary.documentId(),
                summary.seq(),
                summary.fields(),
                Journal.payloadHash(summary.fields()),
                now,
                now);
        journal.append(sql, topic(summary.projection()), summary.documentId(), summary.seq(), summary.fields());
    }

    static String table(String projection) {
        return projection.equals(Summary.RUN) ? "runtime.sync_run_summaries" : "runtime.sync_codex_worker_summaries";
    }

    private static String topic(String projection) {
        return projection.equals(Summary.RUN) ? Topics.RUN_SUMMARIES : Topics.WORKER_SUMMARIES;
    }
}
