package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/** Deletes journal rows older than the horizon; one horizon for all topics (contract 10.4). */
public final class Retention {
    private final Database database;
    private final Duration horizon;
    private final int batch;
    private final InstantSource clock;

    public Retention(Database database, Duration horizon, int batch, InstantSource clock) {
        this.database = database;
        this.horizon = horizon;
        this.batch = batch;
        this.clock = clock;
    }

    /** Returns the number of deleted rows. */
    public long cycle() throws SQLException {
        var limit = clock.instant().minus(horizon);
        long deleted = 0;
        long last;
        do {
            last = database.query(sql -> sql.update(
                    "DELETE FROM runtime.sync_stream_events WHERE id IN"
                            + " (SELECT id FROM runtime.sync_stream_events WHERE inserted_at < ? ORDER BY id LIMIT ?)",
                    limit,
                    batch));
            deleted += last;
        } while (last == batch);
        return deleted;
    }
}
