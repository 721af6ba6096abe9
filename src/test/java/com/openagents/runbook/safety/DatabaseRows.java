package com.openagents.runbook.safety;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Every row of every table of the runtime's database, as a hash for each table. */
final class DatabaseRows {
    private static final String TABLES =
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('runtime', 'control', 'public')";
    private static final String ROWS =
            "select count(*) || ' rows, ' || coalesce(md5(string_agg(r::text, chr(10) order by r::text)), '') from %s r";

    private DatabaseRows() {}

    static Map<String, String> of(DatabaseReplica database) throws SQLException {
        var rows = new TreeMap<String, String>();
        try (var connection = database.dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var names = statement.executeQuery(TABLES)) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (var table : tables) {
                try (var row = statement.executeQuery(ROWS.formatted(table))) {
                    row.next();
                    rows.put(table, row.getString(1));
                }
            }
        }
        return rows;
    }
}
