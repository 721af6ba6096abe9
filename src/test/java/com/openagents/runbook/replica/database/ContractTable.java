package com.openagents.runbook.replica.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One row of the contract's list of tables ({@code runtime-tables.md}), read from its shorthand.
 *
 * @param columns from name to type, "not null" and default, in words
 * @param uniques the column lists that must be unique, as "a,b"
 * @param indexes further column lists that have an index
 * @param foreignKeys how many foreign keys it has
 */
record ContractTable(
        String name,
        Map<String, String> columns,
        TreeSet<String> uniques,
        TreeSet<String> indexes,
        TreeSet<String> namedChecks,
        long foreignKeys,
        boolean primaryKey) {
    private static final Map<String, String> TYPES = Map.of(
            "s", "character varying(255)",
            "t", "text",
            "i", "integer",
            "b", "bigint",
            "ts", "timestamp without time zone",
            "j", "jsonb",
            "by", "bytea",
            "bool", "boolean",
            "float", "double precision");
    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");
    private static final Pattern UNIQUE = Pattern.compile("UQ (?:\\(([^)]*)\\)|(\\w+))");
    private static final Pattern INDEXED = Pattern.compile("IX ((?:[a-z_,]+(?:; )?)+)");
    private static final Pattern CHECK = Pattern.compile("CK `(\\w+)`");
    private static final Pattern PRIMARY = Pattern.compile("PK (?:\\(([^)]*)\\)|(\\w+))");

    static List<ContractTable> all() {
        var text = Resources.text("runtime-tables.md");
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(ContractTable::read)
                .toList();
    }

    private static Stream<ContractTable> read(String line) {
        var cells = line.split(" \\| ", 3);
        var keys = cells[2];
        return QUOTED.matcher(cells[0]).results().map(name -> {
            var columns = columns(cells[1]);
            var primary = primary(keys, cells[1]);
            primary.forEach(column -> columns.computeIfPresent(
                    column, (key, type) -> type.contains(" not null") ? type : type + " not null"));
            return new ContractTable(
                    name.group(1),
                    columns,
                    matches(UNIQUE, keys),
                    indexes(keys),
                    matches(CHECK, keys),
                    foreignKeys(keys),
                    !primary.isEmpty());
        });
    }

    private static Map<String, String> columns(String cell) {
        var columns = new TreeMap<String, String>();
        for (var part : cell.split(", ")) {
            switch (part.strip()) {
                case "id" -> columns.put("id", "bigint not null sequence");
                case "I" -> columns.put("inserted_at", TYPES.get("ts") + " not null");
                case "T" -> {
                    columns.put("inserted_at", TYPES.get("ts") + " not null");
                    columns.put("updated_at", TYPES.get("ts") + " not null");
                }
                default -> columns.putAll(column(part.strip().replace("`", "")));
            }
        }
        return columns;
    }

    /** For example {@code first second j!={}}. */
    private static Map<String, String> column(String words) {
        var names = new ArrayList<>(List.of(words.split(" ")));
        var shorthand = names.remove(names.size() - 1).split("=", 2);
        var type = shorthand[0].replace("!", "").replace("[]", "");
        var described = new StringBuilder(TYPES.get(type));
        described.append(shorthand[0].contains("[]") ? "[]" : "");
        described.append(shorthand[0].contains("!") ? " not null" : "");
        if (shorthand.length == 2) {
            described.append(" default ").append(shorthand[1].replace("'", ""));
        }
        var columns = new TreeMap<String, String>();
        names.forEach(name -> columns.put(name, described.toString()));
        return columns;
    }

    private static List<String> primary(String keys, String columns) {
        if (columns.startsWith("id,")) {
            return List.of("id");
        }
        if (keys.contains("no PK") || !keys.contains("PK")) {
            return List.of();
        }
        var named = PRIMARY.matcher(keys);
        var first = QUOTED.matcher(columns);
        if (named.find()) {
            return List.of((named.group(1) == null ? named.group(2) : named.group(1)).split(","));
        }
        return first.find() ? List.of(first.group(1).split(" ")[0]) : List.of();
    }

    private static TreeSet<String> matches(Pattern pattern, String keys) {
        var found = new TreeSet<String>();
        pattern.matcher(keys.replace("also UQ", "UQ (run_id,thread_id)"))
                .results()
                .forEach(match -> found.add(match.group(1) != null ? match.group(1) : match.group(2)));
        return found;
    }

    private static TreeSet<String> indexes(String keys) {
        var found = new TreeSet<String>();
        INDEXED.matcher(keys.replace(" |", ""))
                .results()
                .flatMap(match -> Stream.of(match.group(1).split("; ")))
                .forEach(found::add);
        return found;
    }

    private static long foreignKeys(String keys) {
        if (keys.contains("no FK")) {
            return 0;
        }
        return keys.contains("FK both")
                ? 2
                : Pattern.compile("\\bFK\\b").matcher(keys).results().count();
    }
}
