package com.openagents.runbook.system.database;

import java.util.List;

/**
 * The tables of one schema.
 *
 * @param qualifiedNames as {@code schema.table}, in order
 * @param command shows the same by hand
 */
public record SchemaTables(String database, String schema, List<String> qualifiedNames, String command) {
    public SchemaTables {
        qualifiedNames = List.copyOf(qualifiedNames);
    }
}
