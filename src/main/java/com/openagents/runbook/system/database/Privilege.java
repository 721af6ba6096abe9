package com.openagents.runbook.system.database;

import java.util.Set;

/**
 * One thing that a role may do, by whatever way.
 *
 * @param role the role asked about, or {@link #PUBLIC}
 * @param schema where the object lies, or would lie
 * @param kind what the object is
 * @param object its name; for tables and sequences to come, who would create them
 * @param privilege the word of GRANT, or {@link #OWNER}
 * @param way how the role comes by it, in words
 */
public record Privilege(String role, String schema, Kind kind, String object, String privilege, String way) {
    public static final String PUBLIC = "PUBLIC";
    public static final String OWNER = "OWNER";

    private static final Set<String> READS = Set.of("SELECT");

    /** What a privilege can be on. */
    public enum Kind {
        SCHEMA,
        TABLE,
        COLUMN,
        SEQUENCE,
        FUTURE_TABLE,
        FUTURE_SEQUENCE,
        EVERYTHING
    }

    /** Whether it lets the role change the schema, its tables or its sequences (contract 2.5, check 3). */
    public boolean writes() {
        return switch (kind) {
            case SCHEMA -> !privilege.equals("USAGE");
            default -> !READS.contains(privilege);
        };
    }

    /** Whether it lets the role read rows. */
    public boolean reads() {
        return kind != Kind.SCHEMA && (READS.contains(privilege) || privilege.equals(OWNER));
    }

    /** The object as people name it. */
    public String on() {
        return switch (kind) {
            case SCHEMA -> "schema " + schema;
            case TABLE, COLUMN -> schema + "." + object;
            case SEQUENCE -> "sequence " + schema + "." + object;
            case FUTURE_TABLE -> "tables to come in " + schema + " (created by " + object + ")";
            case FUTURE_SEQUENCE -> "sequences to come in " + schema + " (created by " + object + ")";
            case EVERYTHING -> "everything in " + schema;
        };
    }
}
