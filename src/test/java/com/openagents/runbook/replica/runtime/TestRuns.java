package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts runs into the database, which no endpoint does (contract 3.4), and looks at what became of them. */
public final class TestRuns {
    private final DatabaseReplica database;

    public TestRuns(DatabaseReplica database) {
        this.database = database;
    }

    /** A run in status created, owned by {@link TestPod#USER}. */
    public String create() throws SQLException {
        var runId = "run-" + UUID.randomUUID();
        createRow(runId);
        own(runId);
        return runId;
    }

    public void createRow(String runId) throws SQLException {
        execute(
                "INSERT INTO runtime.runs (run_id, thread_id, owner_user_id, inserted_at, updated_at)"
                        + " VALUES (?, ?, ?::bigint, now(), now())",
                runId,
                TestPod.THREAD,
                String.valueOf(TestPod.USER));
    }

    public void own(String runId) throws SQLException {
        execute(
                "INSERT INTO runtime.run_ownerships (run_id, thread_id, user_id, inserted_at, updated_at)"
                        + " VALUES (?, ?, ?::bigint, now(), now())",
                runId,
                TestPod.THREAD,
                String.valueOf(TestPod.USER));
    }

    public String status(String runId) throws SQLException {
        return one("SELECT status FROM runtime.runs WHERE run_id = ?", runId);
    }

    /** The types of the run's events in order. */
    public List<String> eventTypes(String runId) throws SQLException {
        return list("SELECT event_type FROM runtime.run_events WHERE run_id = ? ORDER BY seq", runId);
    }

    public String one(String query, String... values) throws SQLException {
        var rows = list(query, values);
        return rows.isEmpty() ? null : rows.get(0);
    }

    public List<String> list(String query, String... values) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            var rows = new ArrayList<String>();
            try (var results = statement.executeQuery()) {
                while (results.next()) {
                    rows.add(results.getString(1));
                }
            }
            return rows;
        }
    }

    public int execute(String statement, String... values) throws SQLException {
        try (var connection = connect();
                var prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setString(i + 1, values[i]);
            }
            return prepared.executeUpdate();
        }
    }

    private java.sql.Connection connect() throws SQLException {
        return database.dataSource(DatabaseReplica.TEST, DatabaseReplica.RUNTIME_APP)
                .getConnection();
    }
}
