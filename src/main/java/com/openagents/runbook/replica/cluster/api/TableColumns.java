package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** The columns of the table of each kind. */
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

    private static final List<Column> ANY = List.of(
            new Column("Name", "string", "name", 0, (object, now) -> TextNode.valueOf(Json.name(object))),
            new Column("Created At", "date", "", 0, (object, now) -> Json.at(object, "metadata.creationTimestamp")));

    private TableColumns() {}

    static List<Column> of(ResourceType type) {
        return ANY;
    }
}
