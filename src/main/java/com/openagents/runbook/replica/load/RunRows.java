package com.openagents.runbook.replica.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The rows that traffic needs and no endpoint gives: runs with their owners (contract 3.4), and the newest watermarks. */
final class RunRows implements AutoCloseable {
    private static final String RUN = "INSERT INTO runtime.runs"
            + " (run_id, thread_id, owner_user_id, inserted_at, updated_at) VALUES (?, ?, ?, now(), now())";
    private static final String OWNERSHIP = "INSERT INTO runtime.run_ownerships"
            + " (run_id, thread_id, user_id, inserted_at, updated_at) VALUES (?, ?, ?, now(), now())";
    private static final String HEADS = "SELECT topic, next_watermark FROM runtime.sync_topic_sequences";

    private static final String LATEST = "SELECT latest_seq FROM runtime.runs WHERE run_id = ?";

    private final DataSource database;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "load-database");
        thread.setDaemon(true);
        return thread;
    });
    private Connection connection;

    RunRows(DataSource database) {
        this.database = database;
    }

    /** Creates a run in status created. */
    CompletableFuture<Void> create(String runId, String threadId, long user) {
        return work(open -> {
            open.setAutoCommit(false);
            for (var insert : new String[] {RUN, OWNERSHIP}) {
                try (var statement = open.prepareStatement(insert)) {
                    statement.setString(1, runId);
                    statement.setString(2, threadId);
                    statement.setLong(3, user);
                    statement.executeUpdate();
                }
            }
            open.commit();
            return null;
        });
    }

    /** The last watermark of each topic; a topic without one is not there. */
    CompletableFuture<Map<String, Long>> heads() {
        return work(open -> {
            open.setAutoCommit(true);
            var heads = new HashMap<String, Long>();
            try (var statement = open.createStatement();
                    var rows = statement.executeQuery(HEADS)) {
                while (rows.next()) {
                    heads.put(rows.getString(1), rows.getLong(2));
                }
            }
            return heads;
        });
    }

    /** The sequence number of the run's last event. */
    CompletableFuture<Long> latestSequence(String runId) {
        return work(open -> {
            open.setAutoCommit(true);
            try (var statement = open.prepareStatement(LATEST)) {
                statement.setString(1, runId);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    private <T> CompletableFuture<T> work(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return once(work);
                    } catch (SQLException lost) {
                        disconnect();
                        return again(work);
                    }
                },
                worker);
    }

    /** A connection that was cut is no reason to give up. */
    private <T> T again(Work<T> work) {
        try {
            return once(work);
        } catch (SQLException lost) {
            disconnect();
            throw new CompletionException(lost);
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        if (connection == null) {
            connection = database.getConnection();
        }
        return work.with(connection);
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyGone) {
            // The next work opens another one.
        } finally {
            connection = null;
        }
    }

    @Override
    public void close() {
        worker.execute(this::disconnect);
        worker.shutdown();
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
