package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Strategic merge patch: a merge patch that knows by which key the elements of a list are the same. */
final class StrategicMerge {

    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_SCALARS = "$deleteFromPrimitiveList/";

    private StrategicMerge() {}

    /** The object with the patch merged in; both arguments stay as they are. */
    static ObjectNode apply(ObjectNode object, ObjectNode patch, Schema.Type type) {
        return object(object.deepCopy(), patch, Optional.of(type));
    }

    private static ObjectNode object(ObjectNode target, ObjectNode patch, Optional<Schema.Type> type) {
        switch (patch.path("$patch").asText("merge")) {
            case "replace":
                return withoutDirectives(patch);
            case "delete":
                return Json.object();
            default:
        }
        if (patch.has("$retainKeys")) {
            target.retain(texts(patch.get("$retainKeys")));
        }
        for (var entry : patch.properties()) {
            var name = entry.getKey();
            if (name.startsWith(DELETE_SCALARS)) {
                removeScalars(target, name.substring(DELETE_SCALARS.length()), entry.getValue());
            } else if (!name.startsWith("$")) {
                field(
                        target,
                        name,
                        entry.getValue(),
                        patch.path(ORDER + name),
                        type.flatMap(known -> known.field(name)));
            }
        }
        for (var entry : patch.properties()) {
            var name = entry.getKey().startsWith(ORDER) ? entry.getKey().substring(ORDER.length()) : "";
            if (!name.isEmpty() && !patch.has(name) && target.get(name) instanceof ArrayNode list) {
                var key = type.flatMap(known -> known.field(name))
                        .map(Schema.Field::mergeKey)
                        .orElse("");
                target.set(name, ordered(Json.items(list), ids(entry.getValue(), key), ids(list, key), key));
            }
        }
        return target;
    }

    private static void field(
            ObjectNode target, String name, JsonNode value, JsonNode order, Optional<Schema.Field> field) {
        if (value.isNull()) {
            target.remove(name);
        } else if (value instanceof ObjectNode patch) {
            if (patch.path("$patch").asText().equals("delete")) {
                target.remove(name);
                return;
            }
            var there = target.get(name) instanceof ObjectNode object ? object : Json.object();
            target.set(name, object(there, patch, field.flatMap(StrategicMerge::objectType)));
        } else if (value instanceof ArrayNode patch
                && field.isPresent()
                && field.get().merges()) {
            var there = target.get(name) instanceof ArrayNode array ? array : Json.array();
            target.set(name, list(there, patch, order, field.get()));
        } else {
            target.set(name, value.deepCopy());
        }
    }

    private static Optional<Schema.Type> objectType(Schema.Field field) {
        return field.isMap() ? field.element().object() : field.object();
    }

    private static ArrayNode list(ArrayNode target, ArrayNode patch, JsonNode order, Schema.Field field) {
        if (field.mergeKey().isEmpty()) {
            return scalars(target, patch);
        }
        var replaces = Json.items(patch).stream()
                .anyMatch(element -> element.path("$patch").asText().equals("replace"));
        List<JsonNode> merged = replaces ? new ArrayList<>() : new ArrayList<>(Json.items(target));
        for (var element : patch) {
            element(merged, element, field);
        }
        var key = field.mergeKey();
        return ordered(merged, ids(order.isMissingNode() ? patch : order, key), ids(target, key), key);
    }

    private static void element(List<JsonNode> merged, JsonNode element, Schema.Field field) {
        var directive = element.path("$patch").asText();
        if (directive.equals("replace")) {
            return;
        }
        var key = element.path(field.mergeKey());
        if (key.isMissingNode()) {
            var why = "map: %s does not contain declared merge key: %s";
            throw new ApiError(Statuses.failure(500, "", why.formatted(GoJson.map(element), field.mergeKey())));
        }
        if (directive.equals("delete")) {
            merged.removeIf(there -> there.path(field.mergeKey()).equals(key));
            return;
        }
        var type = field.element().object();
        for (int i = 0; i < merged.size(); i++) {
            if (merged.get(i).path(field.mergeKey()).equals(key)) {
                merged.set(i, object((ObjectNode) merged.get(i).deepCopy(), (ObjectNode) element, type));
                return;
            }
        }
        merged.add(object(Json.object(), (ObjectNode) element, type));
    }

    private static ArrayNode scalars(ArrayNode target, ArrayNode patch) {
        var merged = new ArrayList<>(Json.items(target));
        patch.forEach(value -> {
            if (!merged.contains(value)) {
                merged.add(value);
            }
        });
        return Json.array().addAll(merged);
    }

    private static void removeScalars(ObjectNode target, String name, JsonNode values) {
        if (target.get(name) instanceof ArrayNode array) {
            var gone = Json.items(values);
            var kept = Json.items(array).stream()
                    .filter(value -> !gone.contains(value))
                    .toList();
            target.set(name, Json.array().addAll(kept));
        }
    }

    /**
     * Sorts a merged list: the elements of the patch in its order, the others in theirs, and one of the others first
     * where both stood in the list before in that order.
     */
    private static ArrayNode ordered(List<JsonNode> merged, List<JsonNode> wanted, List<JsonNode> before, String key) {
        var patched = new ArrayList<JsonNode>();
        wanted.forEach(id -> merged.stream()
                .filter(element -> id(element, key).equals(id))
                .findFirst()
                .ifPresent(patched::add));
        var others =
                merged.stream().filter(element -> !patched.contains(element)).toList();
        var sorted = Json.array();
        int i = 0;
        int j = 0;
        while (i < others.size() || j < patched.size()) {
            var other = i < others.size() ? before.indexOf(id(others.get(i), key)) : -1;
            var mine = j < patched.size() ? before.indexOf(id(patched.get(j), key)) : -1;
            var otherFirst = j >= patched.size() || (i < others.size() && other >= 0 && mine >= 0 && other < mine);
            sorted.add(otherFirst ? others.get(i++) : patched.get(j++));
        }
        return sorted;
    }

    private static JsonNode id(JsonNode element, String key) {
        return key.isEmpty() ? element : element.path(key);
    }

    private static List<JsonNode> ids(JsonNode list, String key) {
        return Json.items(list).stream().map(element -> id(element, key)).toList();
    }

    private static ObjectNode withoutDirectives(ObjectNode patch) {
        var copy = patch.deepCopy();
        copy.remove("$patch");
        return copy;
    }

    private static List<String> texts(JsonNode array) {
        return Json.items(array).stream().map(JsonNode::asText).collect(Collectors.toList());
    }
}
