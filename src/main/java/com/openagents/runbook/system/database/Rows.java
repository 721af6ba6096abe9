package com.openagents.runbook.system.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The answer to a query as texts; what is NULL becomes empty. */
final class Rows {
    private Rows() {}

    static List<Map<String, String>> of(Connection connection, String sql, String[]... arrays) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arrays.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf("text", arrays[i]));
            }
            try (var result = statement.executeQuery()) {
                var columns = result.getMetaData();
                var rows = new ArrayList<Map<String, String>>();
                while (result.next()) {
                    var row = new LinkedHashMap<String, String>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        row.put(columns.getColumnLabel(i), Objects.requireNonNullElse(result.getString(i), ""));
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }

    static List<String> column(List<Map<String, String>> rows, String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }
}
