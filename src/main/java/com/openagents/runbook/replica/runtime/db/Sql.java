package com.openagents.runbook.replica.runtime.db;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements on one connection. Instants are stored as UTC timestamps in microseconds; maps and lists as jsonb. */
public final class Sql {
    private final Connection connection;
    private final SystemMetrics metrics;

    Sql(Connection connection, SystemMetrics metrics) {
        this.connection = connection;
        this.metrics = metrics;
    }

    /** Returns the number of changed rows. */
    public int update(String statement, Object... values) throws SQLException {
        try (var prepared = prepare(statement, values)) {
            long startedAt = System.nanoTime();
            int changed = prepared.executeUpdate();
            metrics.queried(System.nanoTime() - startedAt, 0);
            return changed;
        }
    }

    public <T> List<T> list(String statement, Reader<T> reader, Object... values) throws SQLException {
        try (var prepared = prepare(statement, values)) {
            long startedAt = System.nanoTime();
            try (var results = prepared.executeQuery()) {
                long answeredAt = System.nanoTime();
                var rows = new ArrayList<T>();
                var row = new Row(results);
                while (results.next()) {
                    rows.add(reader.read(row));
                }
                metrics.queried(answeredAt - startedAt, System.nanoTime() - answeredAt);
                return rows;
            }
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> find(String statement, Reader<T> reader, Object... values) throws SQLException {
        return list(statement, reader, values).stream().findFirst();
    }

    /** The only number of the only row. */
    public long number(String statement, Object... values) throws SQLException {
        return find(statement, row -> row.number(1), values).orElseThrow();
    }

    private PreparedStatement prepare(String statement, Object... values) throws SQLException {
        var prepared = connection.prepareStatement(statement);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(prepared, i + 1, values[i]);
            }
            return prepared;
        } catch (SQLException failure) {
            prepared.close();
            throw failure;
        }
    }

    private static void bind(PreparedStatement prepared, int index, Object value) throws SQLException {
        if (value instanceof Instant instant) {
            var micros = instant.truncatedTo(ChronoUnit.MICROS);
            prepared.setObject(index, LocalDateTime.ofInstant(micros, ZoneOffset.UTC));
        } else if (value instanceof Map || value instanceof List) {
            prepared.setObject(index, Json.write(value), Types.OTHER);
        } else if (value instanceof Integer || value instanceof Long) {
            prepared.setLong(index, ((Number) value).longValue());
        } else if (value == null) {
            prepared.setNull(index, Types.NULL);
        } else {
            prepared.setObject(index, value);
        }
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }
}
