package com.openagents.runbook.system.database;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who may do what in the schemas {@code runtime} and {@code control} of one database, by the catalogue: granted,
 * inherited, owned, to everybody, on single columns, on objects to come, and by attributes of the role.
 *
 * @param roles the names that were asked about
 * @param existing those of them that exist
 * @param schemaOwners from schema to its owner; a schema that does not exist is missing
 * @param tables from schema to its tables
 * @param privileges of the roles and of PUBLIC
 * @param command shows the same by hand
 */
public record RoleIsolation(
        String database,
        AuthorityRoles roles,
        Set<String> existing,
        Map<String, String> schemaOwners,
        Map<String, Set<String>> tables,
        List<Privilege> privileges,
        String command) {
    public static final String RUNTIME = "runtime";
    public static final String CONTROL = "control";

    public RoleIsolation {
        existing = Set.copyOf(existing);
        schemaOwners = Map.copyOf(schemaOwners);
        tables = Map.copyOf(tables);
        privileges = List.copyOf(privileges);
    }

    /** The tables of a schema; none where it does not exist. */
    public Set<String> tablesOf(String schema) {
        return tables.getOrDefault(schema, Set.of());
    }

    /** What the role may do in the schema, not counting what everybody may. */
    public List<Privilege> own(String role, String schema) {
        return in(schema, privilege -> privilege.role().equals(role)).toList();
    }

    /** What everybody may do in the schema. */
    public List<Privilege> ofPublic(String schema) {
        return own(Privilege.PUBLIC, schema);
    }

    /** What the role may do in the schema, also because everybody may. */
    public List<Privilege> effective(String role, String schema) {
        return in(schema, held -> held.role().equals(role) || held.role().equals(Privilege.PUBLIC))
                .toList();
    }

    private Stream<Privilege> in(String schema, Predicate<Privilege> wanted) {
        return privileges.stream()
                .filter(privilege -> privilege.schema().equals(schema))
                .filter(wanted);
    }
}
