package com.openagents.runbook.replica.runtime.db;

import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** The current row of a result; NULL is null. */
public final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public String text(String column) throws SQLException {
        return results.getString(column);
    }

    public long number(String column) throws SQLException {
        return results.getLong(column);
    }

    public long number(int column) throws SQLException {
        return results.getLong(column);
    }

    public boolean bool(String column) throws SQLException {
        return results.getBoolean(column);
    }

    public byte[] bytes(String column) throws SQLException {
        return results.getBytes(column);
    }

    /** A number that may be absent. */
    public Long numberOrNull(String column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? null : Long.valueOf(value);
    }

    public Instant instant(String column) throws SQLException {
        var stored = results.getObject(column, LocalDateTime.class);
        return stored == null ? null : stored.toInstant(ZoneOffset.UTC);
    }

    public Map<String, Object> json(String column) throws SQLException {
        var stored = results.getString(column);
        return stored == null ? null : Json.readObject(stored);
    }
}
