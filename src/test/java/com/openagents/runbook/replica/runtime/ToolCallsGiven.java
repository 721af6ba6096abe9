package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;
import java.util.Map;

/** What is in the tables before a tool is called. */
final class ToolCallsGiven {
    private final DatabaseReplica database;
    private final TestRuns runs;

    ToolCallsGiven(DatabaseReplica database, TestRuns runs) {
        this.database = database;
        this.runs = runs;
    }

    /** Brings about what the row says was there before its call. */
    void bring(String run, Map<String, Object> row) throws SQLException {
        if (row.containsKey("authorization")) {
            authorize(run, Rows.map(row, "authorization"));
        }
        if (row.containsKey("before")) {
            runs.execute(
                    "INSERT INTO runtime.tool_tasks (run_id, tool_call_id, tool_name, state, queued_at, inserted_at,"
                            + " updated_at) VALUES (?, 'call', 'runtime.echo', ?, now(), now(), now())",
                    run,
                    (String) row.get("before"));
        }
        watch(run, Rows.map(row, "trigger"));
        if (row.containsKey("reserved")) {
            var reserved = Rows.map(row, "reserved");
            runs.execute(
                    "INSERT INTO runtime.spend_reservations (authorization_id, run_id, tool_call_id, amount_sats, state,"
                            + " reserved_at, inserted_at, updated_at) VALUES ('auth-' || ?, ?, 'call', ?::bigint, ?,"
                            + " now(), now(), now())",
                    run,
                    run,
                    reserved.get("amount_sats").toString(),
                    (String) reserved.get("state"));
            runs.execute(
                    "UPDATE runtime.spend_authorizations SET reserved_sats = ?::bigint WHERE run_id = ?",
                    reserved.get("amount_sats").toString(),
                    run);
        }
    }

    /** Lets the database itself do something to this run at a moment that a client cannot hit. */
    private void watch(String run, Map<String, Object> trigger) throws SQLException {
        if (trigger.isEmpty()) {
            return;
        }
        var name = "watch_" + run.replace('-', '_');
        try (var connection = database.dataSource(DatabaseReplica.TEST, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE FUNCTION runtime." + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    + trigger.get("does") + "; RETURN NEW; END $$");
            statement.execute("CREATE TRIGGER " + name + " " + trigger.get("at") + " FOR EACH ROW WHEN (NEW.run_id = '"
                    + run + "' AND " + trigger.get("if") + ") EXECUTE FUNCTION runtime." + name + "()");
        }
    }

    /** @param columns of the authorization that are not as usual */
    void authorize(String run, Map<String, Object> columns) throws SQLException {
        runs.execute(
                "INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, run_id, issued_at,"
                        + " inserted_at, updated_at) VALUES ('auth-' || ?, 7, ?, now(), now(), now())",
                run,
                run);
        for (var column : columns.entrySet()) {
            var cast = column.getKey().endsWith("_at")
                    ? "::timestamp"
                    : column.getValue() instanceof Integer ? "::bigint" : "";
            runs.execute(
                    "UPDATE runtime.spend_authorizations SET " + column.getKey() + " = ?" + cast + " WHERE run_id = ?",
                    column.getValue().toString(),
                    run);
        }
    }
}
