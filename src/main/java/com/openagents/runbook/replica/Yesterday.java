package com.openagents.runbook.replica;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Journal;
import com.openagents.runbook.replica.runtime.sync.Topics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What clients were told yesterday. Retention removes it as soon as it runs, and from then on there are cursors that are
 * too old, as in any service that is older than a day (contract 10.4).
 */
public final class Yesterday {
    private static final Duration AGO = Duration.ofHours(25);
    private static final int NOTIFICATIONS = 5;

    private Yesterday() {}

    /** Puts it into the sync journal; the watermarks go on from where the topic is. */
    public static void in(DatabaseReplica replica) {
        var settings = DatabaseSettings.parse(replica.ectoUrl(DatabaseReplica.DEV), 1);
        var clock = InstantSource.system();
        try (var database = new Database(settings, new SystemMetrics(new Metrics()))) {
            var journal = new Journal(database, () -> clock.instant().minus(AGO), "yesterday", false);
            for (int i = 1; i <= NOTIFICATIONS; i++) {
                var key = "notification:yesterday:" + i;
                database.transaction(
                        sql -> journal.append(sql, Topics.NOTIFICATIONS, key, 1, Json.object("notification", key)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("yesterday could not be put into the database: " + e.getMessage(), e);
        }
    }
}
