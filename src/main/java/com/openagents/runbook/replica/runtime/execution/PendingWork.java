package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Database;
import java.sql.SQLException;

/** Whether a run waits for an execution: it is not over, and has a cancel request or an unprocessed frame. */
final class PendingWork {
    private final Database database;

    PendingWork(Database database) {
        this.database = database;
    }

    boolean exists(String runId) throws SQLException {
        return database.query(sql -> sql.number(
                        "SELECT count(*) FROM runtime.runs r WHERE r.run_id = ?"
                                + " AND r.status NOT IN ('canceled', 'succeeded', 'failed')"
                                + " AND (r.status = 'canceling' OR EXISTS (SELECT 1 FROM runtime.frames f"
                                + " WHERE f.run_id = r.run_id AND f.id > r.last_processed_frame_id))",
                        runId))
                > 0;
    }
}
