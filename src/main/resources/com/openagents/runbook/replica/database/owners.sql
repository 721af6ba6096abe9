-- As if the owner role had run the migrations, which may take them back and repair what they made.
DO $owners$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = 'runtime' OR tablename = 'schema_migrations'
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO oa_runtime_owner', name);
    END LOOP;
    FOR name IN
        SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences
        WHERE schemaname = 'runtime'
          AND NOT EXISTS (
              SELECT FROM pg_depend
              WHERE objid = format('%I.%I', schemaname, sequencename)::regclass AND deptype IN ('a', 'i'))
    LOOP
        EXECUTE format('ALTER SEQUENCE %s OWNER TO oa_runtime_owner', name);
    END LOOP;
END
$owners$;
