package com.openagents.runbook.replica.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The migrations together give what the contract lists, column by column and key by key. */
class SchemaTest {
    private static DatabaseReplica replica;

    @BeforeAll
    static void start() {
        replica = DatabaseReplica.start(DatabaseOptions.defaults());
    }

    @AfterAll
    static void stop() {
        replica.close();
    }

    static Stream<ContractTable> tables() {
        return ContractTable.all().stream();
    }

    @Test
    void has_the_tables_of_the_contract_and_no_other() throws Exception {
        assertThat(rows("SELECT tablename FROM pg_tables WHERE schemaname = 'runtime'"))
                .hasSize(30)
                .containsExactlyInAnyOrderElementsOf(
                        tables().map(ContractTable::name).toList());
    }

    @Test
    void has_the_extension_and_the_sequence_of_the_contract() throws Exception {
        assertThat(rows("SELECT encode(digest('abc', 'sha256'), 'hex')"))
                .containsExactly("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(rows("SELECT nextval('runtime.global_event_id_seq')::text")).hasSize(1);
    }

    @Test
    void records_migrations_as_ecto_does() throws Exception {
        assertThat(rows("""
                SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
                FROM pg_attribute a WHERE a.attrelid = 'public.schema_migrations'::regclass AND a.attnum > 0"""))
                .containsExactlyInAnyOrder("version bigint true", "inserted_at timestamp(0) without time zone false");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void has_the_columns_of_the_contract(ContractTable table) throws Exception {
        var columns = new TreeMap<String, String>();
        for (var row : rows("""
                SELECT a.attname || E'\\t' || format_type(a.atttypid, a.atttypmod)
                       || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                       || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
                FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = 'runtime.%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped""", table)) {
            var parts = row.split("\t");
            columns.put(
                    parts[0],
                    parts[1].replaceAll("default nextval.*", "sequence")
                            .replaceAll("default '(.*)'::.*", "default $1"));
        }
        assertThat(columns).isEqualTo(table.columns());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void has_the_keys_of_the_contract(ContractTable table) throws Exception {
        var indexes = """
                SELECT (SELECT string_agg(a.attname, ',' ORDER BY k.place)
                        FROM unnest(i.indkey::smallint[]) WITH ORDINALITY k (number, place)
                        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number)
                FROM pg_index i WHERE i.indrelid = 'runtime.%s'::regclass""";
        assertThat(rows(indexes + " AND i.indisprimary", table)).hasSize(table.primaryKey() ? 1 : 0);
        assertThat(new TreeSet<>(rows(indexes + " AND i.indisunique AND NOT i.indisprimary", table)))
                .isEqualTo(table.uniques());
        if (!table.name().equals("khala_projection_checkpoints")) { // the contract names an index and not its columns
            assertThat(new TreeSet<>(rows(indexes + " AND NOT i.indisunique", table)))
                    .isEqualTo(table.indexes());
        }
        var constraints = "SELECT conname FROM pg_constraint WHERE conrelid = 'runtime.%s'::regclass AND contype = ";
        assertThat(rows(constraints + "'c'", table)).containsAll(table.namedChecks());
        assertThat(rows(constraints + "'f'", table)).hasSize((int) table.foreignKeys());
    }

    @Test
    void deletes_by_foreign_key_as_the_contract_says() throws Exception {
        assertThat(rows("""
                SELECT conrelid::regclass || ' ' || confdeltype::text FROM pg_constraint
                WHERE contype = 'f' AND confdeltype <> 'c'""")).containsExactly("runtime.spend_authorizations n");
    }

    private static List<String> rows(String sql, ContractTable table) throws SQLException {
        return rows(sql.replace("%s", table.name()));
    }

    private static List<String> rows(String sql) throws SQLException {
        try (var connection = replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
