package com.openagents.runbook.replica.runtime.skills;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One of the two spec tables, seen as JSON objects.
 *
 * @param texts columns of text, {@code objects} of jsonb, {@code lists} of jsonb arrays
 */
record SpecTable(
        Database database, String name, String idColumn, List<String> texts, List<String> objects, List<String> lists) {

    static SpecTable tools(Database database) {
        return new SpecTable(
                database,
                "runtime.tool_specs",
                "tool_id",
                List.of("tool_pack", "name", "description", "execution_kind", "submitted_by", "state", "content_hash"),
                List.of(
                        "input_schema",
                        "output_schema",
                        "integration_manifest",
                        "auth_requirements",
                        "safety_policy",
                        "commercial",
                        "metadata"),
                List.of());
    }

    static SpecTable skills(Database database) {
        return new SpecTable(
                database,
                "runtime.skill_specs",
                "skill_id",
                List.of(
                        "name",
                        "description",
                        "license",
                        "instructions_markdown",
                        "submitted_by",
                        "state",
                        "content_hash"),
                List.of("compatibility", "commercial", "metadata"),
                List.of("allowed_tools", "scripts", "references", "assets"));
    }

    List<Map<String, Object>> all() throws SQLException {
        return database.query(sql -> sql.list(select() + " ORDER BY " + idColumn + ", version", this::read));
    }

    /** The version, or the newest one if none is given. */
    Optional<Map<String, Object>> find(String id, Long version) throws SQLException {
        return database.query(sql -> sql.find(
                select() + " WHERE " + idColumn + " = ? AND (?::bigint IS NULL OR version = ?::bigint)"
                        + " ORDER BY version DESC LIMIT 1",
                this::read,
                id,
                version,
                version));
    }

    void upsert(Map<String, Object> spec, Instant now) throws SQLException {
        var columns = new ArrayList<String>();
        columns.addAll(texts);
        columns.addAll(objects);
        columns.addAll(lists);
        var values = new ArrayList<Object>(List.of(spec.get(idColumn), spec.get("version")));
        texts.forEach(column -> values.add(spec.get(column)));
        objects.forEach(column -> values.add(spec.getOrDefault(column, Map.of())));
        lists.forEach(column -> values.add(spec.getOrDefault(column, List.of())));
        values.add(now);
        values.add(now);
        var marks = new ArrayList<String>(List.of("?", "?"));
        texts.forEach(column -> marks.add("?::text"));
        objects.forEach(column -> marks.add("?::jsonb"));
        lists.forEach(column -> marks.add("ARRAY(SELECT jsonb_array_elements(?::jsonb))"));
        var quoted = columns.stream().map(SpecTable::quote).toList();
        var updates =
                quoted.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "));
        database.query(sql -> sql.update(
                "INSERT INTO " + name + " (" + idColumn + ", version, " + String.join(", ", quoted)
                        + ", inserted_at, updated_at) VALUES (" + String.join(", ", marks) + ", ?, ?)"
                        + " ON CONFLICT (" + idColumn + ", version) DO UPDATE SET " + updates
                        + ", updated_at = excluded.updated_at",
                values.toArray()));
    }

    private String select() {
        var columns = new ArrayList<String>(List.of(idColumn, "version"));
        texts.forEach(column -> columns.add(quote(column)));
        objects.forEach(column -> columns.add(quote(column)));
        lists.forEach(column -> columns.add("to_jsonb(" + quote(column) + ") AS " + quote(column)));
        return "SELECT " + String.join(", ", columns) + " FROM " + name;
    }

    private Map<String, Object> read(Row row) throws SQLException {
        var spec = new LinkedHashMap<String, Object>();
        spec.put(idColumn, row.text(idColumn));
        spec.put("version", row.number("version"));
        for (var column : texts) {
            spec.put(column, row.text(column));
        }
        for (var column : objects) {
            spec.put(column, row.json(column));
        }
        for (var column : lists) {
            spec.put(column, Json.read(row.text(column)));
        }
        return spec;
    }

    /** One of the columns is a reserved word. */
    private static String quote(String column) {
        return "\"" + column + "\"";
    }
}
