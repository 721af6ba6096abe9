package com.openagents.runbook.system.database;

import com.openagents.runbook.system.database.Privilege.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads privileges from PostgreSQL's catalogue. A role counts as holding whatever any role holds that it can become,
 * inherited or by SET ROLE. Functions and types are not read: the contract has none in these schemas.
 */
final class PrivilegeCatalogue {
    private static final String[] SCHEMAS = {RoleIsolation.RUNTIME, RoleIsolation.CONTROL};

    /** Roles that PostgreSQL itself gives rights on every table. */
    private static final Map<String, List<String>> PREDEFINED =
            Map.of("pg_read_all_data", List.of("SELECT"), "pg_write_all_data", List.of("INSERT", "UPDATE", "DELETE"));

    private static final String ROLES = """
            select r.rolname as role, m.rolname as member_of,
                   m.rolsuper as super_by, m.rolcreaterole as createrole_by
            from pg_roles r
            join pg_roles m on m.oid = r.oid or (not r.rolsuper and pg_has_role(r.oid, m.oid, 'MEMBER'))
            where r.rolname = any (?)
            order by 1, 2""";

    private static final String OWNERS = """
            select nspname as schema, pg_get_userbyid(nspowner) as owner from pg_namespace
            where nspname = any (?) order by 1""";

    private static final String TABLES = """
            select n.nspname as schema, c.relname as name
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any (?) and c.relkind in ('r', 'p') order by 1, 2""";

    private static final String PRIVILEGES = """
            with place as (
                select oid, nspname, nspowner, nspacl from pg_namespace where nspname = any (?)
            ), relation as (
                select c.oid, p.nspname, c.relname, c.relowner, c.relacl,
                       case c.relkind when 'S' then 'SEQUENCE' else 'TABLE' end as kind
                from pg_class c join place p on p.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            ), held (schema, kind, object, privilege, grantee) as (
                select nspname, 'SCHEMA', nspname, 'OWNER', nspowner from place
                union all
                select nspname, 'SCHEMA', nspname, a.privilege_type, a.grantee
                from place, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
                union all
                select nspname, kind, relname, 'OWNER', relowner from relation
                union all
                select nspname, kind, relname, a.privilege_type, a.grantee
                from relation, aclexplode(coalesce(relacl, acldefault(
                    case kind when 'SEQUENCE' then 's'::"char" else 'r'::"char" end, relowner))) a
                union all
                select r.nspname, 'COLUMN', r.relname || '.' || t.attname, a.privilege_type, a.grantee
                from relation r join pg_attribute t on t.attrelid = r.oid and not t.attisdropped,
                     aclexplode(t.attacl) a
                union all
                select p.nspname, case d.defaclobjtype when 'S' then 'FUTURE_SEQUENCE' else 'FUTURE_TABLE' end,
                       pg_get_userbyid(d.defaclrole), a.privilege_type, a.grantee
                from pg_default_acl d join place p on d.defaclnamespace in (p.oid, 0), aclexplode(d.defaclacl) a
                where d.defaclobjtype in ('r', 'S') and a.grantee <> d.defaclrole
            ), subject (role, through, oid) as (
                select r.rolname, m.rolname, m.oid
                from pg_roles r
                join pg_roles m on m.oid = r.oid or (not r.rolsuper and pg_has_role(r.oid, m.oid, 'MEMBER'))
                where r.rolname = any (?)
                union all
                select 'PUBLIC', 'PUBLIC', 0::oid
            )
            select s.role, h.schema, h.kind, h.object, h.privilege, s.through
            from subject s join held h on h.grantee = s.oid
            order by 1, 2, 3, 4, 5, 6""";

    private final Connection connection;

    PrivilegeCatalogue(Connection connection) {
        this.connection = connection;
    }

    RoleIsolation read(String database, AuthorityRoles roles, String command) throws SQLException {
        var names = roles.all().toArray(String[]::new);
        var reachable = Rows.of(connection, ROLES, names);
        var owners = Rows.of(connection, OWNERS, SCHEMAS).stream()
                .collect(Collectors.toMap(row -> row.get("schema"), row -> row.get("owner")));
        var tables = Rows.of(connection, TABLES, SCHEMAS).stream()
                .collect(Collectors.groupingBy(
                        row -> row.get("schema"), Collectors.mapping(row -> row.get("name"), Collectors.toSet())));
        var privileges = new ArrayList<>(granted(names));
        reachable.forEach(row -> privileges.addAll(byAttribute(row, owners.keySet())));
        var existing = Set.copyOf(Rows.column(reachable, "role"));
        return new RoleIsolation(database, roles, existing, owners, tables, privileges, command);
    }

    private List<Privilege> granted(String[] names) throws SQLException {
        return Rows.of(connection, PRIVILEGES, SCHEMAS, names).stream()
                .map(row -> new Privilege(
                        row.get("role"),
                        row.get("schema"),
                        Kind.valueOf(row.get("kind")),
                        row.get("object"),
                        row.get("privilege"),
                        way(row.get("role"), row.get("through"), row.get("privilege"))))
                .toList();
    }

    private static String way(String role, String through, String privilege) {
        if (!role.equals(through)) {
            return "as a member of " + through;
        }
        return privilege.equals(Privilege.OWNER) ? "as its owner" : "granted to " + role;
    }

    /** What a role may do without any grant: as superuser, by granting itself, by a predefined role. */
    private static List<Privilege> byAttribute(Map<String, String> row, Set<String> schemas) {
        var by = row.get("role").equals(row.get("member_of")) ? "" : " by membership of " + row.get("member_of");
        var ways = Stream.<Map.Entry<String, String>>builder();
        if (row.get("super_by").equals("t")) {
            ways.add(Map.entry("ALL", "as superuser" + by));
        } else if (row.get("createrole_by").equals("t")) {
            ways.add(Map.entry("ALL", "by granting itself any role (CREATEROLE)" + by));
        }
        PREDEFINED
                .getOrDefault(row.get("member_of"), List.of())
                .forEach(privilege -> ways.add(Map.entry(privilege, "as a member of " + row.get("member_of"))));
        return ways.build()
                .flatMap(way -> schemas.stream()
                        .map(schema -> new Privilege(
                                row.get("role"), schema, Kind.EVERYTHING, schema, way.getKey(), way.getValue())))
                .toList();
    }
}
