package com.openagents.runbook.replica;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.sync.Retention;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/** Retention of the sync journal as each pod runs it, once, and with another horizon (contract 10.4). */
public final class RetentionPass {
    private static final int BATCH = 5_000;

    private RetentionPass() {}

    public static void over(DatabaseReplica replica, Duration horizon) {
        var settings = DatabaseSettings.parse(replica.ectoUrl(DatabaseReplica.DEV), 1);
        try (var database = new Database(settings, new SystemMetrics(new Metrics()))) {
            new Retention(database, horizon, BATCH, InstantSource.system()).cycle();
        } catch (SQLException e) {
            throw new IllegalStateException("retention could not pass: " + e.getMessage(), e);
        }
    }
}
