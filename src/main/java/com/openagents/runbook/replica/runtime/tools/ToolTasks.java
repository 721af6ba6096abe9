package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The states of a tool task and the ways between them (contract 8.2). */
public final class ToolTasks {
    private static final Map<String, Set<String>> TRANSITIONS = Map.of(
            "queued", Set.of("running", "canceled", "timed_out", "failed"),
            "running", Set.of("streaming", "succeeded", "failed", "canceled", "timed_out"),
            "streaming", Set.of("streaming", "succeeded", "failed", "canceled", "timed_out"));

    private final Database database;
    private final InstantSource clock;

    public ToolTasks(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Queues a task; a pair of run and call that exists already is left as it is. */
    public void enqueue(String runId, String callId, String toolName, Map<String, Object> input) throws SQLException {
        var now = clock.instant();
        database.query(sql -> sql.update(
                "INSERT INTO runtime.tool_tasks (run_id, tool_call_id, tool_name, state, input, queued_at, inserted_at,"
                        + " updated_at) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?) ON CONFLICT (run_id, tool_call_id) DO NOTHING",
                runId,
                callId,
                toolName,
                input,
                now,
                now,
                now));
    }

    public Optional<String> state(String runId, String callId) throws SQLException {
        return database.query(sql -> find(sql, runId, callId, ""));
    }

    /** Moves the task; false if there is no way from its state to that one. The same state is no move and no error. */
    public boolean move(String runId, String callId, String state, Settlement settlement) throws SQLException {
        return database.transaction(sql -> move(sql, runId, callId, state, settlement));
    }

    /** As above, in the transaction of the caller. */
    boolean move(Sql sql, String runId, String callId, String state, Settlement settlement) throws SQLException {
        var current = find(sql, runId, callId, " FOR UPDATE");
        if (current.isEmpty() || !isAllowed(current.get(), state)) {
            return false;
        }
        if (current.get().equals(state) && !state.equals("streaming")) {
            return true;
        }
        var now = clock.instant();
        return sql.update(
                        "UPDATE runtime.tool_tasks SET state = ?, " + state
                                + "_at = ?, output = coalesce(?::jsonb, output),"
                                + " error_class = coalesce(?::varchar, error_class),"
                                + " error_message = coalesce(?::text, error_message), updated_at = ?"
                                + " WHERE run_id = ? AND tool_call_id = ?",
                        state,
                        now,
                        settlement.output(),
                        settlement.errorClass(),
                        settlement.errorMessage(),
                        now,
                        runId,
                        callId)
                == 1;
    }

    /** Whether the task has ended; nobody else changes it until the transaction ends. */
    boolean isOver(Sql sql, String runId, String callId) throws SQLException {
        return find(sql, runId, callId, " FOR UPDATE")
                .filter(TRANSITIONS::containsKey)
                .isEmpty();
    }

    /** Whether the contract knows a way from one state to the other. */
    public static boolean isAllowed(String from, String to) {
        return from.equals(to) || TRANSITIONS.getOrDefault(from, Set.of()).contains(to);
    }

    private static Optional<String> find(Sql sql, String runId, String callId, String suffix) throws SQLException {
        return sql.find(
                "SELECT state FROM runtime.tool_tasks WHERE run_id = ? AND tool_call_id = ?" + suffix,
                row -> row.text("state"),
                runId,
                callId);
    }

    /** What is known about a task when its state changes; null members stay as they are. */
    public record Settlement(Map<String, Object> output, String errorClass, String errorMessage) {
        public static final Settlement NONE = new Settlement(null, null, null);
    }
}
