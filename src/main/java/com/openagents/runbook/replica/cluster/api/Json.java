package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Short words for reading and writing stored objects. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored object cannot be written as JSON", e);
        }
    }

    /** The node at a dotted path of plain field names, or a missing node. */
    static JsonNode at(JsonNode node, String path) {
        var here = node;
        for (var step : path.split("\\.")) {
            here = here == null ? MissingNode.getInstance() : here.path(step);
        }
        return here;
    }

    /** The text at a path, empty when there is none. */
    static String text(JsonNode node, String path) {
        var found = at(node, path);
        return found.isNull() ? "" : found.asText("");
    }

    static boolean has(JsonNode node, String path) {
        var found = at(node, path);
        return !found.isMissingNode() && !found.isNull();
    }

    /** The object under a field, made if it is not there. */
    static ObjectNode child(ObjectNode node, String field) {
        return node.get(field) instanceof ObjectNode there ? there : node.putObject(field);
    }

    static ObjectNode meta(ObjectNode object) {
        return child(object, "metadata");
    }

    static String name(JsonNode object) {
        return text(object, "metadata.name");
    }

    static String namespace(JsonNode object) {
        return text(object, "metadata.namespace");
    }

    static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static Map<String, String> strings(JsonNode object) {
        var map = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    static void putDefault(ObjectNode node, String field, String value) {
        if (!node.hasNonNull(field) || node.get(field).asText().isEmpty()) {
            node.put(field, value);
        }
    }

    static void putDefault(ObjectNode node, String field, int value) {
        if (!node.hasNonNull(field)) {
            node.put(field, value);
        }
    }

    static void putDefault(ObjectNode node, String field, boolean value) {
        if (!node.hasNonNull(field)) {
            node.put(field, value);
        }
    }
}
