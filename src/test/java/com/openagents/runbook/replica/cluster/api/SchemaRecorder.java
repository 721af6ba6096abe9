package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes {@code schema.json} from the OpenAPI document (version 2) of a real API server. */
final class SchemaRecorder {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> MORE = List.of(
            "v1/Binding", "autoscaling/v1/Scale", "policy/v1/Eviction", "authentication.k8s.io/v1/TokenRequest");
    private static final String MERGE = "x-kubernetes-patch-strategy";

    private final JsonNode definitions;
    private final Map<String, String> kinds = new TreeMap<>();
    private final Map<String, JsonNode> types = new TreeMap<>();

    SchemaRecorder(JsonNode openApi) {
        this.definitions = openApi.path("definitions");
    }

    String record(String kubernetes) {
        var wanted = Stream.concat(ResourceTypes.all().stream().map(ResourceType::schemaKey), MORE.stream())
                .toList();
        definitions.properties().forEach(definition -> {
            for (var kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
                var group = kind.path("group").asText();
                var key = (group.isEmpty() ? "" : group + "/")
                        + kind.path("version").asText() + "/"
                        + kind.path("kind").asText();
                if (wanted.contains(key)) {
                    kinds.put(key, visit(definition.getKey()));
                }
            }
        });
        return "{\"kubernetes\":\"%s\",\"kinds\":{%n%s%n},\"types\":{%n%s%n}}%n"
                .formatted(kubernetes, lines(kinds), lines(types));
    }

    private static String lines(Map<String, ?> map) {
        var lines = new ArrayList<String>();
        map.forEach((key, value) -> lines.add(MAPPER.valueToTree(key) + ":"
                + MAPPER.<JsonNode>valueToTree(value).toString()));
        return String.join(",\n", lines);
    }

    private static String shortName(String definition) {
        return definition
                .replace("io.k8s.api.", "")
                .replace("io.k8s.apimachinery.pkg.apis.", "")
                .replace("io.k8s.apimachinery.pkg.", "");
    }

    private String visit(String definition) {
        var name = shortName(definition);
        if (!types.containsKey(name)) {
            var fields = MAPPER.createObjectNode();
            types.put(name, fields);
            var sorted = new TreeMap<String, JsonNode>();
            definitions
                    .path(definition)
                    .path("properties")
                    .properties()
                    .forEach(property -> sorted.put(property.getKey(), field(property.getValue())));
            fields.setAll(sorted);
        }
        return name;
    }

    private JsonNode field(JsonNode property) {
        var type = type(property);
        if (property.has(MERGE) && !type.isObject()) {
            type = wrapped(type).put("patch", property.get(MERGE).asText());
        }
        var referenced = definitions.path(reference(property));
        if (isAtomic(property) || isAtomic(referenced)) {
            type = (type instanceof ObjectNode object ? object : wrapped(type)).put("atomic", true);
        }
        return type;
    }

    private static ObjectNode wrapped(JsonNode type) {
        var wrapper = MAPPER.createObjectNode();
        wrapper.set("is", type);
        return wrapper;
    }

    private static boolean isAtomic(JsonNode node) {
        return node.path("x-kubernetes-map-type").asText().equals("atomic");
    }

    private static String reference(JsonNode property) {
        var pointer = property.path("$ref").asText();
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private JsonNode type(JsonNode property) {
        if (property.has("$ref")) {
            return referenced(reference(property));
        }
        return switch (property.path("type").asText()) {
            case "array" -> list(property);
            case "object" ->
                property.has("additionalProperties")
                        ? MAPPER.createObjectNode().set("map", type(property.get("additionalProperties")))
                        : TextNode.valueOf("any");
            case "string" ->
                TextNode.valueOf(
                        switch (property.path("format").asText()) {
                            case "byte" -> "bytes";
                            case "date-time" -> "time";
                            default -> "string";
                        });
            case "integer" -> TextNode.valueOf(property.path("format").asText("int64"));
            case "" -> TextNode.valueOf("any");
            default -> property.get("type");
        };
    }

    private JsonNode referenced(String definition) {
        var node = definitions.path(definition);
        if (node.has("properties")) {
            return TextNode.valueOf("#" + visit(definition));
        }
        if (definition.endsWith("IntOrString")) {
            return TextNode.valueOf("int-or-string");
        }
        if (definition.endsWith("Quantity")) {
            return TextNode.valueOf("quantity");
        }
        if (node.path("type").asText().equals("string")) {
            return TextNode.valueOf(node.path("format").asText().equals("date-time") ? "time" : "string");
        }
        return TextNode.valueOf("any");
    }

    private JsonNode list(JsonNode property) {
        var list = MAPPER.createObjectNode();
        list.set("of", type(property.get("items")));
        copy(property, MERGE, list, "patch");
        copy(property, "x-kubernetes-patch-merge-key", list, "key");
        if (!property.path("x-kubernetes-list-type").asText("atomic").equals("atomic")) {
            copy(property, "x-kubernetes-list-type", list, "list");
        }
        copy(property, "x-kubernetes-list-map-keys", list, "keys");
        return list;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.has(name)) {
            to.set(as, from.get(name));
        }
    }
}
