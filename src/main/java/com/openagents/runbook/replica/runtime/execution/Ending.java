package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;

/** Ends a run: the last event and the terminal columns, in the caller's transaction (contract 7.1). */
final class Ending {
    private final RunEvents events;
    private final InstantSource clock;

    private final int times;

    /** @param times how often a run says that it is finished: once, unless something is wrong on purpose */
    Ending(RunEvents events, InstantSource clock, int times) {
        this.events = events;
        this.clock = clock;
        this.times = times;
    }

    /** @param extra further members of the event's payload */
    void finish(Sql sql, String runId, Terminal terminal, Map<String, Object> extra) throws SQLException {
        var payload = Json.object(
                "status", terminal.status(), "reason_class", terminal.reasonClass(), "reason", terminal.reason());
        payload.putAll(extra);
        for (int i = 0; i < times; i++) {
            events.append(sql, runId, "run.finished", payload);
        }
        setTerminal(sql, runId, terminal);
    }

    void setTerminal(Sql sql, String runId, Terminal terminal) throws SQLException {
        var now = clock.instant();
        sql.update(
                "UPDATE runtime.runs SET status = ?, terminal_reason_class = ?, terminal_reason = ?, terminal_at = ?,"
                        + " updated_at = ? WHERE run_id = ?",
                terminal.status(),
                cut(terminal.reasonClass()),
                cut(terminal.reason()),
                now,
                now,
                runId);
    }

    /** The columns hold 255 characters, and the text is the client's. */
    private static String cut(String text) {
        return text.length() <= 255 ? text : text.substring(0, 255);
    }

    /** How a run ended. */
    record Terminal(String status, String reasonClass, String reason) {}
}
