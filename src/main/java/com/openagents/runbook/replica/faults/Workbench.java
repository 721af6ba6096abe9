package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.load.OddClient;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.spend.Authorizations;
import com.openagents.runbook.replica.runtime.spend.Reservations;
import com.openagents.runbook.replica.runtime.sync.Retention;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import com.openagents.runbook.replica.runtime.tools.InFlightTools;
import com.openagents.runbook.replica.runtime.tools.ToolRunner;
import com.openagents.runbook.replica.runtime.tools.ToolSettlement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * What defects are acted out with: a client of the pods, and the runtime's own classes on the same database for what no
 * endpoint does.
 */
final class Workbench implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int RETENTION_BATCH = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Replica replica;
    private final Database database;
    private final ClientActs client;
    private final OddClient oddClient;

    Workbench(Replica replica) {
        this.replica = replica;
        this.client = new ClientActs(replica);
        this.oddClient = new OddClient(replica.loadTarget());
        this.database = new Database(
                DatabaseSettings.parse(replica.database().ectoUrl(DatabaseReplica.DEV), CONNECTIONS),
                new SystemMetrics(new Metrics()));
    }

    Replica replica() {
        return replica;
    }

    ClientActs client() {
        return client;
    }

    OddClient oddClient() {
        return oddClient;
    }

    RunEvents events() {
        return new RunEvents(database, Sanitizer.intended(), InstantSource.system(), run -> {});
    }

    ToolRunner tools() {
        var clock = InstantSource.system();
        var metrics = new ToolMetrics(new Metrics(), false);
        var settlement =
                new ToolSettlement(new Authorizations(database, clock), reservations(clock), metrics::decision);
        return new ToolRunner(database, events(), metrics, Sanitizer.intended(), settlement, new InFlightTools());
    }

    Reservations reservations(InstantSource clock) {
        return new Reservations(database, clock, false);
    }

    Retention retention(Duration horizon) {
        return new Retention(database, horizon, RETENTION_BATCH, InstantSource.system());
    }

    void execute(String statement, Object... values) throws SQLException {
        database.query(sql -> sql.update(statement, values));
    }

    long count(String query, Object... values) throws SQLException {
        return database.query(sql -> sql.number(query, values));
    }

    String statusOf(String runId) throws SQLException {
        return database.query(
                sql -> sql.find("SELECT status FROM runtime.runs WHERE run_id = ?", row -> row.text("status"), runId)
                        .orElse("missing"));
    }

    /** Lets the run end with a frame of this type, and waits for its status. */
    void end(String runId, String frameType, String status) {
        client.frame(runId, "end", frameType, Map.of());
        await("run " + runId + " to be " + status, () -> expect(statusOf(runId).equals(status)));
    }

    /** Waits until the expectation throws no error any more. */
    void await(String what, ThrowingRunnable expectation) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(expectation);
    }

    static void expect(boolean holds) {
        if (!holds) {
            throw new AssertionError("not yet");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
