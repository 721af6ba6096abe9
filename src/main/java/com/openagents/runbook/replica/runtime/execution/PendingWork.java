package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Database;
import java.sql.SQLException;
import java.util.List;

/** Which runs wait for an execution: they are not over, and have a cancel request or an unprocessed frame. */
final class PendingWork {
    private static final String WAITS = " r.status NOT IN ('canceled', 'succeeded', 'failed')"
            + " AND (r.status = 'canceling' OR EXISTS (SELECT 1 FROM runtime.frames f"
            + " WHERE f.run_id = r.run_id AND f.id > r.last_processed_frame_id))";

    private final Database database;

    PendingWork(Database database) {
        this.database = database;
    }

    boolean exists(String runId) throws SQLException {
        return database.query(
                        sql -> sql.number("SELECT count(*) FROM runtime.runs r WHERE r.run_id = ? AND" + WAITS, runId))
                > 0;
    }

    /**
     * The waiting runs that nobody holds: whoever accepted the frame was killed before it took the lease. Runs with an
     * expired lease are the janitor's.
     */
    List<String> abandoned() throws SQLException {
        return database.query(sql -> sql.list(
                "SELECT r.run_id FROM runtime.runs r WHERE" + WAITS
                        + " AND NOT EXISTS (SELECT 1 FROM runtime.run_leases l WHERE l.run_id = r.run_id)"
                        + " ORDER BY r.updated_at",
                row -> row.text("run_id")));
    }
}
