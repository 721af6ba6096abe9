-- Who may do what (contract 2.5 and 15.5), as one plain block that runs over JDBC and in psql alike.
-- Repeating it is safe. Table ownership stays as it is.
DO $isolation$
DECLARE
    role_name text;
    table_name text;
BEGIN
    IF to_regnamespace('runtime') IS NULL THEN
        RAISE EXCEPTION 'schema runtime is missing: run the migrations first';
    END IF;

    FOREACH role_name IN ARRAY ARRAY['oa_runtime_owner', 'oa_runtime_rw', 'oa_khala_ro', 'oa_control_rw'] LOOP
        IF to_regrole(role_name) IS NULL THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
    END LOOP;

    ALTER SCHEMA runtime OWNER TO oa_runtime_owner;

    -- Who runs migrations also records them.
    GRANT SELECT, INSERT, DELETE ON public.schema_migrations TO oa_runtime_owner;

    REVOKE ALL ON SCHEMA runtime FROM PUBLIC, oa_control_rw;
    REVOKE ALL ON ALL TABLES IN SCHEMA runtime FROM PUBLIC, oa_control_rw, oa_khala_ro;
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA runtime FROM PUBLIC, oa_control_rw, oa_khala_ro;

    GRANT USAGE ON SCHEMA runtime TO oa_runtime_rw, oa_khala_ro;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA runtime TO oa_runtime_rw;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA runtime TO oa_runtime_rw;
    FOR table_name IN
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'runtime'
          AND (starts_with(tablename, 'sync_') OR tablename = 'khala_projection_checkpoints')
    LOOP
        EXECUTE format('GRANT SELECT ON runtime.%I TO oa_khala_ro', table_name);
    END LOOP;

    ALTER DEFAULT PRIVILEGES FOR ROLE oa_runtime_owner IN SCHEMA runtime
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO oa_runtime_rw;
    ALTER DEFAULT PRIVILEGES FOR ROLE oa_runtime_owner IN SCHEMA runtime
        GRANT USAGE, SELECT ON SEQUENCES TO oa_runtime_rw;

    IF to_regnamespace('control') IS NOT NULL THEN
        REVOKE ALL ON SCHEMA control FROM oa_runtime_rw, oa_khala_ro;
        REVOKE ALL ON ALL TABLES IN SCHEMA control FROM oa_runtime_rw, oa_khala_ro;
        REVOKE ALL ON ALL SEQUENCES IN SCHEMA control FROM oa_runtime_rw, oa_khala_ro;
    END IF;
END
$isolation$;
