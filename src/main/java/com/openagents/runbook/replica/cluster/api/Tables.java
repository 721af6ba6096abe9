package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Answers as tables, the form {@code kubectl get} asks for. */
final class Tables {

    private final Clock clock;

    Tables(Clock clock) {
        this.clock = clock;
    }

    ObjectNode of(ResourceType type, List<ObjectNode> objects, String includeObject, JsonNode listMeta) {
        var columns = TableColumns.of(type);
        var table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        var meta = table.putObject("metadata");
        for (var field : List.of("resourceVersion", "continue", "remainingItemCount")) {
            if (listMeta.has(field)) {
                meta.set(field, listMeta.get(field));
            }
        }
        var definitions = table.putArray("columnDefinitions");
        columns.forEach(column -> definitions.add(column.definition()));
        var rows = table.putArray("rows");
        for (var object : objects) {
            var row = rows.addObject();
            var cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object, clock.instant())));
            switch (includeObject) {
                case "None" -> row.putNull("object");
                case "Object" -> row.set("object", object);
                case "", "Metadata" -> row.set("object", Shapes.metadata(object));
                default ->
                    throw Statuses.badRequest(
                            ("Unable to convert to Table as requested: includeObject: Invalid value: \"%s\":"
                                            + " must be 'Metadata', 'Object', 'None', or empty")
                                    .formatted(includeObject));
            }
        }
        return table;
    }

    /** Rows of a watch: one table of one row for each event, columns named in the first only. */
    UnaryOperator<ObjectNode> watch(ResourceType type, String includeObject, UnaryOperator<ObjectNode> view) {
        var first = new AtomicBoolean(true);
        return object -> {
            var table = of(type, List.of(view.apply(object)), includeObject, object.path("metadata"));
            if (!first.getAndSet(false)) {
                table.putNull("columnDefinitions");
            }
            return table;
        };
    }
}
