package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The rows that sync clients replay, in the order of their watermarks (contract 10.2). */
public final class Journal {
    /** Notified with topic and node when rows of that topic are committed, on any pod. */
    public static final String CHANNEL = "runtime_sync_stream";

    private final Database database;
    private final InstantSource clock;
    private final boolean pointers;
    private final String node;

    /**
     * @param node the pod that appends
     * @param pointers whether rows hold no payload, so that clients must fetch the document
     */
    public Journal(Database database, InstantSource clock, String node, boolean pointers) {
        this.database = database;
        this.clock = clock;
        this.node = node;
        this.pointers = pointers;
    }

    /** Appends within the caller's transaction; a rollback takes the watermark back. */
    public long append(Sql sql, String topic, String docKey, long docVersion, Map<String, Object> payload)
            throws SQLException {
        var now = clock.instant();
        long watermark = sql.number(
                "INSERT INTO runtime.sync_topic_sequences (topic, next_watermark, inserted_at, updated_at)"
                        + " VALUES (?, 1, ?, ?) ON CONFLICT (topic) DO UPDATE"
                        + " SET next_watermark = runtime.sync_topic_sequences.next_watermark + 1,"
                        + " updated_at = excluded.updated_at RETURNING next_watermark",
                topic,
                now,
                now);
        sql.update(
                "INSERT INTO runtime.sync_stream_events (topic, watermark, doc_key, doc_version, payload, payload_hash,"
                        + " inserted_at) VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)",
                topic,
                watermark,
                docKey,
                docVersion,
                pointers ? null : payload,
                payloadHash(payload),
                now);
        sql.find("SELECT pg_notify(?, ?)", row -> "", CHANNEL, Json.write(Json.object("topic", topic, "node", node)));
        return watermark;
    }

    /** Rows after the watermark, ascending. */
    public List<Entry> after(String topic, long watermark, int limit) throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT topic, watermark, doc_key, doc_version, payload, payload_hash FROM runtime.sync_stream_events"
                        + " WHERE topic = ? AND watermark > ? ORDER BY watermark LIMIT ?",
                Entry::read,
                topic,
                watermark,
                limit));
    }

    /** The last watermark given out, 0 before the first. */
    public long head(String topic) throws SQLException {
        return database.query(sql -> sql.find(
                        "SELECT next_watermark FROM runtime.sync_topic_sequences WHERE topic = ?",
                        row -> row.number(1),
                        topic)
                .orElse(0L));
    }

    /** The largest retained watermark, 0 if nothing is retained. */
    public long newest(String topic) throws SQLException {
        return database.query(sql -> sql.number(
                "SELECT coalesce(max(watermark), 0) FROM runtime.sync_stream_events WHERE topic = ?", topic));
    }

    /** The smallest retained watermark, 0 if nothing is retained. */
    public long oldest(String topic) throws SQLException {
        return database.query(sql -> sql.number(
                "SELECT coalesce(min(watermark), 0) FROM runtime.sync_stream_events WHERE topic = ?", topic));
    }

    /** SHA-256 of the canonical JSON: sorted keys, no spaces. */
    public static byte[] payloadHash(Map<String, Object> payload) {
        return Digests.sha256(Json.write(payload).getBytes(StandardCharsets.UTF_8));
    }

    /** One row; payload and hash may be null. */
    public record Entry(
            String topic, long watermark, String docKey, long docVersion, Map<String, Object> payload, byte[] hash) {
        static Entry read(Row row) throws SQLException {
            return new Entry(
                    row.text("topic"),
                    row.number("watermark"),
                    row.text("doc_key"),
                    row.number("doc_version"),
                    row.json("payload"),
                    row.bytes("payload_hash"));
        }
    }
}
