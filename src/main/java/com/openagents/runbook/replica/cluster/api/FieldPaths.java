package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The owned parts of an object, each named by its path in the notation of {@code fieldsV1}: {@code f:} and a field,
 * {@code k:} and the keys of a list element, {@code v:} and a value of a set.
 */
final class FieldPaths {

    private static final Set<String> UNOWNED = Set.of("apiVersion", "kind");
    private static final Set<String> OWNED_METADATA =
            Set.of("labels", "annotations", "finalizers", "ownerReferences", "generateName");

    private FieldPaths() {}

    /** Every path that ends in a value, and every list element itself, with what stands there. */
    static Map<List<String>, JsonNode> values(ObjectNode object, Schema.Type type) {
        Map<List<String>, JsonNode> values = new LinkedHashMap<>();
        for (var entry : object.properties()) {
            if (!UNOWNED.contains(entry.getKey()) && !entry.getKey().equals("metadata")) {
                collect(entry.getValue(), type.field(entry.getKey()), List.of("f:" + entry.getKey()), values);
            }
        }
        var metaType = type.field("metadata").flatMap(Schema.Field::object);
        for (var entry : object.path("metadata").properties()) {
            if (OWNED_METADATA.contains(entry.getKey())) {
                collect(
                        entry.getValue(),
                        metaType.flatMap(meta -> meta.field(entry.getKey())),
                        List.of("f:metadata", "f:" + entry.getKey()),
                        values);
            }
        }
        return values;
    }

    private static void collect(
            JsonNode value, Optional<Schema.Field> field, List<String> path, Map<List<String>, JsonNode> values) {
        if (value.isNull()) {
            return;
        }
        if (field.isEmpty() || field.get().atomic() || (value.isContainerNode() && value.isEmpty())) {
            values.put(path, value);
        } else if (value instanceof ArrayNode list) {
            list(list, field.get(), path, values);
        } else if (value instanceof ObjectNode object) {
            for (var entry : object.properties()) {
                var inner = field.get().isMap()
                        ? Optional.of(field.get().element())
                        : field.get().object().flatMap(known -> known.field(entry.getKey()));
                collect(entry.getValue(), inner, join(path, "f:" + entry.getKey()), values);
            }
        } else {
            values.put(path, value);
        }
    }

    private static void list(
            ArrayNode list, Schema.Field field, List<String> path, Map<List<String>, JsonNode> values) {
        switch (field.listType()) {
            case "map" ->
                list.forEach(element -> {
                    var itemPath = join(path, key(element, field));
                    values.put(itemPath, BooleanNode.TRUE);
                    for (var entry : element.properties()) {
                        collect(
                                entry.getValue(),
                                field.element().object().flatMap(known -> known.field(entry.getKey())),
                                join(itemPath, "f:" + entry.getKey()),
                                values);
                    }
                });
            case "set" -> list.forEach(element -> values.put(join(path, "v:" + element), BooleanNode.TRUE));
            default -> values.put(path, list);
        }
    }

    /** The path element that names a list element by its keys. */
    static String key(JsonNode element, Schema.Field field) {
        var key = Json.object();
        for (var name : field.listKeys()) {
            if (element.has(name)) {
                key.set(name, element.get(name));
            } else if (name.equals("protocol")) {
                key.put(name, "TCP");
            }
        }
        return "k:" + key;
    }

    static List<String> join(List<String> path, String step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    /** The tree form that {@code managedFields} shows. */
    static ObjectNode tree(Set<List<String>> paths) {
        var tree = Json.object();
        for (var path : paths) {
            var node = tree;
            for (var step : path) {
                node = Json.child(node, step);
            }
            if (path.get(path.size() - 1).startsWith("k:")) {
                node.putObject(".");
            }
        }
        return tree;
    }

    static Set<List<String>> paths(JsonNode tree) {
        Set<List<String>> paths = new LinkedHashSet<>();
        walk(tree, List.of(), paths);
        return paths;
    }

    private static void walk(JsonNode tree, List<String> path, Set<List<String>> paths) {
        if (tree.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        for (var entry : tree.properties()) {
            if (entry.getKey().equals(".")) {
                paths.add(path);
            } else {
                walk(entry.getValue(), join(path, entry.getKey()), paths);
            }
        }
    }

    /** The path as messages print it: {@code .spec.containers[name="a"].image}. */
    static String shown(List<String> path) {
        var text = new StringBuilder();
        for (var step : path) {
            if (step.startsWith("f:")) {
                text.append('.').append(step.substring(2));
            } else if (step.startsWith("v:")) {
                text.append('[').append(step.substring(2)).append(']');
            } else {
                text.append(keyShown(step.substring(2)));
            }
        }
        return text.toString();
    }

    private static String keyShown(String json) {
        try {
            var parts = new ArrayList<String>();
            Json.MAPPER
                    .readTree(json)
                    .properties()
                    .forEach(entry -> parts.add(entry.getKey() + "=" + entry.getValue()));
            return "[" + String.join(",", parts) + "]";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a path holds a key that is not JSON: " + json, e);
        }
    }
}
