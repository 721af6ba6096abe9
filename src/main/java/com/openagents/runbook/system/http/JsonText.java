package com.openagents.runbook.system.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Parts of a JSON text by name: {@code data.status}, {@code data.0.worker_id}. Text that is no JSON has no parts. */
public final class JsonText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonText() {}

    public static JsonNode read(String text) {
        try {
            var tree = JSON.readTree(text);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** One part as text, objects and lists as JSON; empty if there is none or it is null. */
    public static Optional<String> part(JsonNode tree, String path) {
        return text(at(tree, path));
    }

    /** The texts of a list; none where there is no list. */
    public static List<String> list(JsonNode tree, String path) {
        return StreamSupport.stream(at(tree, path).spliterator(), false)
                .map(item -> text(item).orElse("null"))
                .toList();
    }

    /** The members of an object, each as text. */
    public static Map<String, String> texts(JsonNode object) {
        var texts = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(field ->
                        texts.put(field.getKey(), text(field.getValue()).orElse("")));
        return texts;
    }

    /** The text of a value, empty for null and nothing. */
    public static Optional<String> text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(value.isValueNode() ? value.asText() : value.toString());
    }

    public static JsonNode at(JsonNode tree, String path) {
        return path.isEmpty() ? tree : tree.at("/" + path.replace('.', '/'));
    }
}
