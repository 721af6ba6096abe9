package com.openagents.runbook.replica.checkout.suite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of the test database, which no endpoint creates (contract 3.4). */
final class TestData {
    private static final String NOW = "timezone('utc', now())";

    private final DataSource database;

    TestData(DataSource database) {
        this.database = database;
    }

    /** A run in status created, with its owner. */
    String run() throws SQLException {
        var runId = "run-" + UUID.randomUUID();
        execute(
                "INSERT INTO runtime.runs (run_id, thread_id, owner_user_id, inserted_at, updated_at)"
                        + " VALUES (?, ?, " + Service.USER + ", " + NOW + ", " + NOW + ")",
                runId,
                Service.THREAD);
        execute(
                "INSERT INTO runtime.run_ownerships (run_id, thread_id, user_id, inserted_at, updated_at)"
                        + " VALUES (?, ?, " + Service.USER + ", " + NOW + ", " + NOW + ")",
                runId,
                Service.THREAD);
        return runId;
    }

    void frame(String runId, String frameId, String type, String payload) throws SQLException {
        execute(
                "INSERT INTO runtime.frames (run_id, frame_id, frame_type, payload, payload_hash, inserted_at)"
                        + " VALUES (?, ?, ?, ?::jsonb, 'test', " + NOW + ")",
                runId,
                frameId,
                type,
                payload);
    }

    /** A lease whose owner is gone. */
    void lostLease(String runId) throws SQLException {
        execute(
                "INSERT INTO runtime.run_leases"
                        + " (run_id, lease_owner, lease_expires_at, heartbeat_at, inserted_at, updated_at)"
                        + " VALUES (?, 'worker-lost', " + NOW + " - interval '5 seconds', " + NOW + ", " + NOW + ", "
                        + NOW + ")",
                runId);
    }

    /** An empty topic, as before its first row. */
    void clear(String topic) throws SQLException {
        execute("DELETE FROM runtime.sync_stream_events WHERE topic = ?", topic);
        execute("UPDATE runtime.sync_topic_sequences SET next_watermark = 0 WHERE topic = ?", topic);
    }

    /** Appends a row and wakes who listens. */
    void append(String topic, String age) throws SQLException {
        execute(
                "WITH next AS (UPDATE runtime.sync_topic_sequences SET next_watermark = next_watermark + 1"
                        + " WHERE topic = ? RETURNING topic, next_watermark)"
                        + " INSERT INTO runtime.sync_stream_events"
                        + " (topic, watermark, doc_key, doc_version, payload, inserted_at)"
                        + " SELECT topic, next_watermark, 'doc', next_watermark, '{}', " + NOW
                        + " - ?::interval FROM next",
                topic,
                age);
    }

    void append(String topic, int rows) throws SQLException {
        for (int i = 0; i < rows; i++) {
            append(topic, "0 seconds");
        }
    }

    String one(String query, String... values) throws SQLException {
        var rows = list(query, values);
        return rows.isEmpty() ? "" : rows.get(0);
    }

    List<String> list(String query, String... values) throws SQLException {
        var cells = new ArrayList<String>();
        try (var connection = database.getConnection();
                var statement = filled(connection, query, values);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                cells.add(rows.getString(1));
            }
        }
        return cells;
    }

    private void execute(String text, String... values) throws SQLException {
        try (var connection = database.getConnection();
                var statement = filled(connection, text, values)) {
            statement.executeUpdate();
        }
    }

    private static java.sql.PreparedStatement filled(Connection connection, String text, String... values)
            throws SQLException {
        var statement = connection.prepareStatement(text);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
