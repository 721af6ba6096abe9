package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How far each projection has come: {@code runtime.khala_projection_checkpoints} (contract 10.1). */
public final class Checkpoints {
    private final Database database;

    public Checkpoints(Database database) {
        this.database = database;
    }

    /** What the list of workers says about a worker's projection; null if there is none. */
    public Map<String, Object> describe(String workerId, long latestSeq) throws SQLException {
        return database.query(sql -> find(sql, "codex_worker_summary", workerId, ""))
                .map(checkpoint -> {
                    long lag = Math.max(latestSeq - checkpoint.seq(), 0);
                    return Json.object(
                            "document_id", checkpoint.documentId(),
                            "last_runtime_seq", checkpoint.seq(),
                            "lag_events", lag,
                            "status", lag == 0 ? "in_sync" : "lagging",
                            "projection_version", checkpoint.version(),
                            "last_projected_at", Timestamps.micros(checkpoint.projectedAt()));
                })
                .orElse(null);
    }

    static Optional<Checkpoint> lock(Sql sql, String projection, String entityId) throws SQLException {
        return find(sql, projection, entityId, " FOR UPDATE");
    }

    static void upsert(Sql sql, String projection, String entityId, Checkpoint checkpoint) throws SQLException {
        sql.update(
                "INSERT INTO runtime.khala_projection_checkpoints (projection_name, entity_id, document_id,"
                        + " last_runtime_seq, projection_version, summary_hash, last_projected_at, inserted_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (projection_name, entity_id) DO UPDATE SET"
                        + " document_id = excluded.document_id, last_runtime_seq = excluded.last_runtime_seq,"
                        + " projection_version = excluded.projection_version, summary_hash = excluded.summary_hash,"
                        + " last_projected_at = excluded.last_projected_at, updated_at = excluded.updated_at",
                projection,
                entityId,
                checkpoint.documentId(),
                checkpoint.seq(),
                checkpoint.version(),
                checkpoint.hash(),
                checkpoint.projectedAt(),
                checkpoint.projectedAt(),
                checkpoint.projectedAt());
    }

    private static Optional<Checkpoint> find(Sql sql, String projection, String entityId, String suffix)
            throws SQLException {
        return sql.find(
                "SELECT * FROM runtime.khala_projection_checkpoints WHERE projection_name = ? AND entity_id = ?"
                        + suffix,
                Checkpoint::read,
                projection,
                entityId);
    }

    /** One row without its key. */
    record Checkpoint(String documentId, long seq, String version, String hash, Instant projectedAt) {
        static Checkpoint read(Row row) throws SQLException {
            return new Checkpoint(
                    row.text("document_id"),
                    row.number("last_runtime_seq"),
                    row.text("projection_version"),
                    row.text("summary_hash"),
                    row.instant("last_projected_at"));
        }
    }
}
