package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.Digests;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inbox of a run: frames as they were accepted (contract 3.7). */
public final class Frames {
    private final Database database;
    private final InstantSource clock;

    public Frames(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Outcome submit(String runId, NewFrame frame) throws SQLException {
        return database.transaction(sql -> {
            if (Run.find(sql, runId).isEmpty()) {
                return Outcome.RUN_MISSING;
            }
            var hash = Digests.term(frame.payload());
            int inserted = sql.update(
                    "INSERT INTO runtime.frames (run_id, frame_id, frame_type, payload, payload_hash, occurred_at, inserted_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, frame_id) DO NOTHING",
                    runId,
                    frame.frameId(),
                    frame.type(),
                    frame.payload(),
                    hash,
                    frame.occurredAt(),
                    clock.instant());
            return inserted == 1 ? Outcome.ACCEPTED : compare(sql, runId, frame, hash);
        });
    }

    private static Outcome compare(Sql sql, String runId, NewFrame frame, String hash) throws SQLException {
        boolean same = sql.find(
                        "SELECT frame_type, payload_hash FROM runtime.frames WHERE run_id = ? AND frame_id = ?",
                        row -> row.text("frame_type").equals(frame.type())
                                && row.text("payload_hash").equals(hash),
                        runId,
                        frame.frameId())
                .orElse(false);
        return same ? Outcome.REPLAYED : Outcome.CONFLICT;
    }

    /** The next frame after the given row id. */
    public static Optional<Frame> next(Sql sql, String runId, long afterId) throws SQLException {
        return sql.find(
                "SELECT id, frame_id, frame_type, payload FROM runtime.frames WHERE run_id = ? AND id > ? ORDER BY id LIMIT 1",
                Frame::read,
                runId,
                afterId);
    }

    /** The frames before the given row id, oldest first, at most {@code limit}. */
    public static List<Frame> before(Sql sql, String runId, long id, int limit) throws SQLException {
        var newestFirst = sql.list(
                "SELECT id, frame_id, frame_type, payload FROM runtime.frames WHERE run_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                Frame::read,
                runId,
                id,
                limit);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** A frame as a client sends it. */
    record NewFrame(String frameId, String type, Map<String, Object> payload, Instant occurredAt) {}

    /** A stored frame. */
    public record Frame(long id, String frameId, String type, Map<String, Object> payload) {
        static Frame read(Row row) throws SQLException {
            return new Frame(row.number("id"), row.text("frame_id"), row.text("frame_type"), row.json("payload"));
        }
    }

    enum Outcome {
        ACCEPTED,
        REPLAYED,
        CONFLICT,
        RUN_MISSING
    }
}
