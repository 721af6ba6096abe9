package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** One row of {@code runtime.codex_worker_events}. */
record WorkerEvent(String workerId, long seq, String type, Map<String, Object> payload, Instant occurredAt) {

    static WorkerEvent read(Row row) throws SQLException {
        return new WorkerEvent(
                row.text("worker_id"),
                row.number("seq"),
                row.text("event_type"),
                row.json("payload"),
                row.instant("inserted_at"));
    }

    /** The members of a stream frame. */
    Map<String, Object> streamData() {
        return Json.object(
                "workerId", workerId,
                "seq", seq,
                "eventType", type,
                "payload", payload,
                "occurredAt", Timestamps.micros(occurredAt));
    }

    /** The members of the answer to an ingest. */
    Map<String, Object> ingested() {
        return Json.object(
                "worker_id", workerId,
                "seq", seq,
                "event_type", type,
                "payload", payload,
                "occurred_at", Timestamps.micros(occurredAt));
    }

    /** The document of the sync topic, which names everything in both styles (contract 10.2). */
    Map<String, Object> document() {
        var document = streamData();
        document.putAll(ingested());
        return document;
    }

    String documentKey() {
        return "runtime/codex_worker_event:" + workerId + ":" + seq;
    }
}
