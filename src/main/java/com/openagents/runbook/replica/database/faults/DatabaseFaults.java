package com.openagents.runbook.replica.database.faults;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.util.List;
import java.util.Optional;

/** All defects of the database. */
public final class DatabaseFaults {
    private static final List<DatabaseFault> ALL = List.of(
            new DatabaseDown(),
            new SqlFault(
                    "database-missing",
                    "the test database was never created",
                    "postgres",
                    "DROP DATABASE openagents_runtime_test WITH (FORCE)"),
            new MigrationPending(),
            inDev(
                    "migration-unknown",
                    "a newer release migrated the development database",
                    "INSERT INTO public.schema_migrations VALUES (20260301090000, timezone('utc', now()))"),
            inDev(
                    "required-table-missing",
                    "runtime.khala_projection_checkpoints was dropped by hand",
                    "DROP TABLE runtime.khala_projection_checkpoints"),
            inDev(
                    "tool-tasks-changed",
                    "a column of runtime.tool_tasks goes by another name",
                    "ALTER TABLE runtime.tool_tasks RENAME COLUMN error_class TO error_kind"),
            new SqlFault(
                    "role-missing",
                    "the control role goes by another name",
                    "postgres",
                    "ALTER ROLE oa_control_rw RENAME TO oa_control"),
            inDev(
                    "schema-owner-changed",
                    "schema runtime belongs to the superuser",
                    "ALTER SCHEMA runtime OWNER TO postgres"),
            inDev(
                    "runtime-role-cannot-write",
                    "the runtime role lost INSERT on runtime.frames",
                    "REVOKE INSERT ON runtime.frames FROM oa_runtime_rw"),
            inDev(
                    "runtime-role-cannot-read-workers",
                    "the runtime role lost SELECT on runtime.codex_workers",
                    "REVOKE SELECT ON runtime.codex_workers FROM oa_runtime_rw, oa_runtime_owner"),
            inDev("runtime-role-can-write-control", "the runtime role may insert into control.api_tokens", """
                    GRANT USAGE ON SCHEMA control TO oa_runtime_rw;
                    GRANT INSERT ON control.api_tokens TO oa_runtime_rw"""),
            inDev(
                    "khala-role-can-write",
                    "the khala role may update its checkpoints",
                    "GRANT UPDATE ON runtime.khala_projection_checkpoints TO oa_khala_ro"),
            inDev(
                    "khala-role-can-read-runs",
                    "the khala role may read runs",
                    "GRANT SELECT ON runtime.runs TO oa_khala_ro"),
            inDev(
                    "khala-role-uses-control",
                    "the khala role may use schema control",
                    "GRANT USAGE ON SCHEMA control TO oa_khala_ro"),
            inDev(
                    "control-role-can-write",
                    "the control role may insert runs",
                    "GRANT INSERT ON runtime.runs TO oa_control_rw"),
            inDev(
                    "control-role-can-write-by-membership",
                    "the control role is a member of the runtime role",
                    "GRANT oa_runtime_rw TO oa_control_rw"),
            inDev(
                    "control-role-can-write-a-column",
                    "the control role may update the status of runs",
                    "GRANT UPDATE (status) ON runtime.runs TO oa_control_rw"),
            inDev(
                    "control-role-can-write-future-tables",
                    "the control role may insert into tables that the owner role will create",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE oa_runtime_owner IN SCHEMA runtime"
                            + " GRANT INSERT ON TABLES TO oa_control_rw"),
            inDev("control-role-owns-a-table", "the control role owns runtime.tool_specs", """
                    ALTER TABLE runtime.tool_specs OWNER TO oa_control_rw"""),
            inDev("control-role-is-superuser", "the control role is a superuser", "ALTER ROLE oa_control_rw SUPERUSER"),
            inDev("public-can-read", "everybody may read run events", """
                    GRANT USAGE ON SCHEMA runtime TO PUBLIC;
                    GRANT SELECT ON runtime.run_events TO PUBLIC"""));

    private DatabaseFaults() {}

    public static List<DatabaseFault> all() {
        return ALL;
    }

    public static Optional<DatabaseFault> byId(String id) {
        return ALL.stream().filter(fault -> fault.id().equals(id)).findFirst();
    }

    private static DatabaseFault inDev(String id, String description, String sql) {
        return new SqlFault(id, description, DatabaseReplica.DEV, sql);
    }
}
