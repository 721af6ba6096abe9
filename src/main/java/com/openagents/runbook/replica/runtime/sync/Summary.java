package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document of a run or a worker, made from its row and its events (contract 10.1). */
record Summary(String projection, String entityId, String documentId, long seq, Map<String, Object> fields) {
    static final String RUN = "run_summary";
    static final String WORKER = "codex_worker_summary";

    private static final List<String> TERMINAL = List.of("terminal_reason_class", "terminal_reason", "terminal_at");

    private static final String RUN_QUERY = """
            SELECT r.*, e.event_type AS latest_event_type, e.inserted_at AS latest_event_at, coalesce(e.seq, r.latest_seq) AS seq,
                   (SELECT count(*) FROM runtime.run_events c WHERE c.run_id = r.run_id) AS event_count
            FROM runtime.runs r LEFT JOIN LATERAL
                 (SELECT * FROM runtime.run_events x WHERE x.run_id = r.run_id ORDER BY x.seq DESC LIMIT 1) e ON true
            WHERE r.run_id = ?""";
    private static final String WORKER_QUERY = """
            SELECT w.*, e.event_type AS latest_event_type, e.inserted_at AS latest_event_at, coalesce(e.seq, w.latest_seq) AS seq,
                   (SELECT count(*) FROM runtime.codex_worker_events c WHERE c.worker_id = w.worker_id) AS event_count
            FROM runtime.codex_workers w LEFT JOIN LATERAL
                 (SELECT * FROM runtime.codex_worker_events x WHERE x.worker_id = w.worker_id ORDER BY x.seq DESC LIMIT 1) e
                 ON true
            WHERE w.worker_id = ?""";

    static Optional<Summary> ofRun(Sql sql, String runId, String version, Instant now) throws SQLException {
        return sql.find(RUN_QUERY, row -> run(row, version, now), runId);
    }

    static Optional<Summary> ofWorker(Sql sql, String workerId, String version, Instant now) throws SQLException {
        return sql.find(WORKER_QUERY, row -> worker(row, version, now), workerId);
    }

    /** As it was when the run's last event was there and its last status was not. */
    Summary beforeItsStatus() {
        if (!"run.finished".equals(fields.get("latest_event_type"))) {
            return this;
        }
        var earlier = new LinkedHashMap<>(fields);
        earlier.put("status", "canceled".equals(fields.get("status")) ? "canceling" : "running");
        TERMINAL.forEach(column -> earlier.put(column, null));
        return new Summary(projection, entityId, documentId, seq, earlier);
    }

    /** The digest by which a document is compared, whenever it was projected. */
    String hash() {
        var compared = new LinkedHashMap<>(fields);
        compared.remove("projected_at");
        return Digests.canonical(compared);
    }

    private static Summary run(Row row, String version, Instant now) throws SQLException {
        var runId = row.text("run_id");
        var fields = common(row, RUN, "run", runId, version, now);
        fields.putAll(Json.object(
                "thread_id", row.text("thread_id"),
                "terminal_reason_class", row.text("terminal_reason_class"),
                "terminal_reason", row.text("terminal_reason"),
                "terminal_at", Timestamps.micros(row.instant("terminal_at"))));
        return new Summary(RUN, runId, documentId(RUN, runId), row.number("seq"), fields);
    }

    private static Summary worker(Row row, String version, Instant now) throws SQLException {
        var workerId = row.text("worker_id");
        var fields = common(row, WORKER, "codex_worker", workerId, version, now);
        fields.putAll(Json.object(
                "workspace_ref", row.text("workspace_ref"),
                "codex_home_ref", row.text("codex_home_ref"),
                "adapter", row.text("adapter"),
                "metadata", row.json("metadata"),
                "started_at", Timestamps.micros(row.instant("started_at")),
                "stopped_at", Timestamps.micros(row.instant("stopped_at")),
                "last_heartbeat_at", Timestamps.micros(row.instant("last_heartbeat_at"))));
        return new Summary(WORKER, workerId, documentId(WORKER, workerId), row.number("seq"), fields);
    }

    private static Map<String, Object> common(
            Row row, String kind, String entity, String id, String version, Instant now) throws SQLException {
        var idName = entity.equals("run") ? "run_id" : "worker_id";
        long seq = row.number("seq");
        var fields = Json.object(
                "document_id",
                documentId(kind, id),
                "kind",
                kind,
                idName,
                id,
                "status",
                row.text("status"),
                "owner_user_id",
                row.numberOrNull("owner_user_id"),
                "owner_guest_scope",
                row.text("owner_guest_scope"),
                "latest_seq",
                seq,
                "event_count",
                row.number("event_count"));
        fields.putAll(Json.object(
                "latest_event_type", row.text("latest_event_type"),
                "latest_event_at", Timestamps.micros(row.instant("latest_event_at")),
                "updated_at", Timestamps.micros(row.instant("updated_at")),
                "runtime_source", Json.object("entity", entity, idName, id, "seq", seq),
                "projection_version", version,
                "projected_at", Timestamps.micros(now)));
        return fields;
    }

    private static String documentId(String kind, String id) {
        return "runtime/" + kind + ":" + id;
    }
}
