package com.openagents.runbook.replica.runtime.events;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Appends run events and reads them back (contract 7.5). */
public final class RunEvents {
    public static final String CHANNEL = "runtime_run_events";

    private final Database database;
    private final Sanitizer sanitizer;
    private final InstantSource clock;
    private final Consumer<String> afterAppend;

    /** @param afterAppend gets the run id after the commit; its failure does not fail the append */
    public RunEvents(Database database, Sanitizer sanitizer, InstantSource clock, Consumer<String> afterAppend) {
        this.database = database;
        this.sanitizer = sanitizer;
        this.clock = clock;
        this.afterAppend = afterAppend;
    }

    /**
     * Appends one event in a transaction of its own and tells every pod.
     *
     * @throws SQLException also when the run does not exist or the event before this one is missing
     */
    public RunEvent append(String runId, String type, Map<String, Object> payload) throws SQLException {
        var event = database.transaction(sql -> append(sql, runId, type, payload));
        committed(runId);
        return event;
    }

    /** Appends within a transaction of the caller, who calls {@link #committed} after its commit. */
    public RunEvent append(Sql sql, String runId, String type, Map<String, Object> payload) throws SQLException {
        return insert(sql, runId, type, sanitizer.clean(payload));
    }

    /** Lets the projections of the run catch up. */
    public void committed(String runId) {
        afterAppend.accept(runId);
    }

    private RunEvent insert(Sql sql, String runId, String type, Map<String, Object> payload) throws SQLException {
        var now = clock.instant();
        long seq = sql.find(
                        "UPDATE runtime.runs SET latest_seq = latest_seq + 1, updated_at = ? WHERE run_id = ? RETURNING latest_seq",
                        row -> row.number(1),
                        now,
                        runId)
                .orElseThrow(() -> new SQLException("run_not_found: " + runId));
        var previous = seq == 1 ? null : previousHash(sql, runId, seq - 1);
        var hash = Digests.event(runId, seq, type, Digests.term(payload), previous);
        sql.update(
                "INSERT INTO runtime.run_events (run_id, seq, event_type, payload, prev_hash, event_hash, inserted_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                runId,
                seq,
                type,
                payload,
                previous,
                hash,
                now);
        sql.find("SELECT pg_notify(?, ?)", row -> "", CHANNEL, Json.write(Json.object("run_id", runId, "seq", seq)));
        return new RunEvent(runId, seq, type, payload);
    }

    private static String previousHash(Sql sql, String runId, long seq) throws SQLException {
        return sql.find(
                        "SELECT coalesce(event_hash, '') AS hash FROM runtime.run_events WHERE run_id = ? AND seq = ?",
                        row -> row.text("hash"),
                        runId,
                        seq)
                .orElseThrow(() -> new SQLException("previous_hash_missing: " + runId + " at " + seq));
    }

    /** Events after the cursor, ascending. */
    public List<RunEvent> after(String runId, long cursor, int limit) throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT run_id, seq, event_type, payload FROM runtime.run_events WHERE run_id = ? AND seq > ?"
                        + " ORDER BY seq LIMIT ?",
                RunEvent::read,
                runId,
                cursor,
                limit));
    }

    /** Events of one type, ascending. */
    public List<RunEvent> ofType(String runId, String type) throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT run_id, seq, event_type, payload FROM runtime.run_events WHERE run_id = ? AND event_type = ?"
                        + " ORDER BY seq",
                RunEvent::read,
                runId,
                type));
    }

    /** The smallest retained seq, 0 if there is none. */
    public long oldestSeq(String runId) throws SQLException {
        return database.query(
                sql -> sql.number("SELECT coalesce(min(seq), 0) FROM runtime.run_events WHERE run_id = ?", runId));
    }
}
