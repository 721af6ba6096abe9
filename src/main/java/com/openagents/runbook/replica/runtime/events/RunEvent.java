package com.openagents.runbook.replica.runtime.events;

import com.openagents.runbook.replica.runtime.db.Row;
import java.sql.SQLException;
import java.util.Map;

/** One row of {@code runtime.run_events}. */
public record RunEvent(String runId, long seq, String type, Map<String, Object> payload) {

    static RunEvent read(Row row) throws SQLException {
        return new RunEvent(row.text("run_id"), row.number("seq"), row.text("event_type"), row.json("payload"));
    }
}
