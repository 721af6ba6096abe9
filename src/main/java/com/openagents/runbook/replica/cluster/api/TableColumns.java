package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The columns of the tables, and how a cell comes from an object. */
final class TableColumns {

    /** @param cell from the object and the present time to the cell */
    record Column(
            String name, String type, String format, int priority, BiFunction<ObjectNode, Instant, JsonNode> cell) {

        ObjectNode definition() {
            return Json.object()
                    .put("name", name)
                    .put("type", type)
                    .put("format", format)
                    .put("description", "")
                    .put("priority", priority);
        }
    }

    /** Collects the columns of one kind. */
    static final class Builder {
        private final List<Column> columns = new ArrayList<>();

        Builder name() {
            return add("Name", "string", "name", 0, (object, now) -> TextNode.valueOf(Json.name(object)));
        }

        Builder age() {
            return timed("Age", (object, now) -> Ages.since(Json.at(object, "metadata.creationTimestamp"), now));
        }

        Builder text(String name, Function<ObjectNode, String> cell) {
            return add(name, "string", "", 0, (object, now) -> TextNode.valueOf(cell.apply(object)));
        }

        /** Shown only when more is asked for ({@code -o wide}). */
        Builder wide(String name, Function<ObjectNode, String> cell) {
            return add(name, "string", "", 1, (object, now) -> TextNode.valueOf(cell.apply(object)));
        }

        Builder number(String name, Function<ObjectNode, Integer> cell) {
            return add(name, "string", "", 0, (object, now) -> IntNode.valueOf(cell.apply(object)));
        }

        Builder timed(String name, BiFunction<ObjectNode, Instant, String> cell) {
            return add(name, "string", "", 0, (object, now) -> TextNode.valueOf(cell.apply(object, now)));
        }

        Builder add(
                String name, String type, String format, int priority, BiFunction<ObjectNode, Instant, JsonNode> cell) {
            columns.add(new Column(name, type, format, priority, cell));
            return this;
        }

        List<Column> list() {
            return List.copyOf(columns);
        }
    }

    private static final List<Column> ANY = new Builder()
            .name()
            .add("Created At", "date", "", 0, (object, now) -> Json.at(object, "metadata.creationTimestamp"))
            .list();

    private static final Map<ResourceType, List<Column>> BY_TYPE = byType();

    private TableColumns() {}

    private static Map<ResourceType, List<Column>> byType() {
        var columns = new HashMap<ResourceType, List<Column>>();
        WorkloadColumns.addTo(columns);
        OtherColumns.addTo(columns);
        return Map.copyOf(columns);
    }

    static List<Column> of(ResourceType type) {
        return BY_TYPE.getOrDefault(ResourceTypes.storedAs(type), ANY);
    }
}
