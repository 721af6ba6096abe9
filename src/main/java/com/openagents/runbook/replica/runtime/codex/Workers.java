package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Principal;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.sync.Journal;
import com.openagents.runbook.replica.runtime.sync.Topics;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The workers and their events in the database. */
final class Workers {
    private final Database database;
    private final Journal journal;
    private final Sanitizer sanitizer;
    private final InstantSource clock;
    private final Consumer<String> afterAppend;

    /** @param afterAppend gets the worker id after the commit of an event */
    Workers(
            Database database,
            Journal journal,
            Sanitizer sanitizer,
            InstantSource clock,
            Consumer<String> afterAppend) {
        this.database = database;
        this.journal = journal;
        this.sanitizer = sanitizer;
        this.clock = clock;
        this.afterAppend = afterAppend;
    }

    Optional<Worker> find(String workerId) throws SQLException {
        return database.query(sql -> find(sql, workerId));
    }

    /** The worker if it exists and belongs to the principal; else the answer of the check that fails. */
    Worker authorize(String workerId, Principal principal) throws SQLException {
        var worker = find(workerId).orElseThrow(() -> HttpError.notFound("worker not found"));
        if (!principal.owns(worker.ownerUserId(), worker.ownerGuestScope())) {
            throw HttpError.forbidden("worker does not belong to principal");
        }
        return worker;
    }

    List<Worker> list(Principal principal, Optional<String> status, Optional<String> workspace, int limit)
            throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT * FROM runtime.codex_workers WHERE (owner_user_id = ?::bigint OR owner_guest_scope = ?::varchar)"
                        + " AND (?::varchar IS NULL OR status = ?::varchar)"
                        + " AND (?::varchar IS NULL OR workspace_ref = ?::varchar)"
                        + " ORDER BY updated_at DESC, worker_id LIMIT ?",
                Worker::read,
                principal.userId().orElse(null),
                principal.userId().isPresent() ? null : principal.guestScope().orElse(null),
                status.orElse(null),
                status.orElse(null),
                workspace.orElse(null),
                workspace.orElse(null),
                limit));
    }

    void insert(NewWorker worker, Principal principal) throws SQLException {
        var now = clock.instant();
        database.transaction(sql -> {
            sql.update(
                    "INSERT INTO runtime.codex_workers (worker_id, owner_user_id, owner_guest_scope, workspace_ref,"
                            + " codex_home_ref, adapter, status, latest_seq, metadata, started_at, last_heartbeat_at,"
                            + " inserted_at, updated_at) VALUES (?, ?::bigint, ?::varchar, ?::varchar, ?::varchar, ?,"
                            + " 'running', 0, ?, ?, ?, ?, ?)",
                    worker.workerId(),
                    principal.userId().orElse(null),
                    principal.guestScope().orElse(null),
                    worker.workspaceRef(),
                    worker.codexHomeRef(),
                    worker.adapter(),
                    worker.metadata(),
                    now,
                    now,
                    now,
                    now);
            return append(sql, worker.workerId(), "worker.started", Map.of());
        });
        afterAppend.accept(worker.workerId());
    }

    /** Sets a status and tells why, both or neither. */
    void changeStatus(String workerId, String status, String eventType, Map<String, Object> payload)
            throws SQLException {
        var now = clock.instant();
        database.transaction(sql -> {
            sql.update(
                    "UPDATE runtime.codex_workers SET status = ?, stopped_at = CASE WHEN ? = 'stopped' THEN ?::timestamp END,"
                            + " last_heartbeat_at = ?, updated_at = ? WHERE worker_id = ?",
                    status,
                    status,
                    now,
                    now,
                    now,
                    workerId);
            return append(sql, workerId, eventType, payload);
        });
        afterAppend.accept(workerId);
    }

    /** Appends one event of a running worker. */
    WorkerEvent append(String workerId, String type, Map<String, Object> payload) throws SQLException {
        var event = database.transaction(sql -> append(sql, workerId, type, payload));
        afterAppend.accept(workerId);
        return event;
    }

    private WorkerEvent append(Sql sql, String workerId, String type, Map<String, Object> payload) throws SQLException {
        var now = clock.instant();
        long seq = sql.number(
                "UPDATE runtime.codex_workers SET latest_seq = latest_seq + 1, last_heartbeat_at = ? WHERE worker_id = ?"
                        + " RETURNING latest_seq",
                now,
                workerId);
        var event = new WorkerEvent(workerId, seq, type, sanitizer.clean(payload), now);
        sql.update(
                "INSERT INTO runtime.codex_worker_events (worker_id, seq, event_type, payload, inserted_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                workerId,
                seq,
                type,
                event.payload(),
                now);
        journal.append(sql, Topics.WORKER_EVENTS, event.documentKey(), seq, event.document());
        return event;
    }

    List<WorkerEvent> after(String workerId, long cursor, int limit) throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT * FROM runtime.codex_worker_events WHERE worker_id = ? AND seq > ? ORDER BY seq LIMIT ?",
                WorkerEvent::read,
                workerId,
                cursor,
                limit));
    }

    long oldestSeq(String workerId) throws SQLException {
        return database.query(sql -> sql.number(
                "SELECT coalesce(min(seq), 0) FROM runtime.codex_worker_events WHERE worker_id = ?", workerId));
    }

    private static Optional<Worker> find(Sql sql, String workerId) throws SQLException {
        return sql.find("SELECT * FROM runtime.codex_workers WHERE worker_id = ?", Worker::read, workerId);
    }

    /** A worker as a client asks for it. */
    record NewWorker(
            String workerId, String workspaceRef, String codexHomeRef, String adapter, Map<String, Object> metadata) {}
}
