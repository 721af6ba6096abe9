package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The fields of the served kinds: their types, and how a patch merges them. Read from {@code schema.json}, an extract of
 * the OpenAPI document of a real API server.
 */
final class Schema {

    private static final JsonNode DOCUMENT = read();

    private Schema() {}

    /** The type of one field: a scalar word, a reference to an object type, a list or a map. */
    record Field(JsonNode node) {

        private JsonNode bare() {
            return node.has("is") ? node.get("is") : node;
        }

        /** The fields' type when this is an object with named fields. */
        Optional<Type> object() {
            var name = bare().isTextual() ? bare().asText() : "";
            return name.startsWith("#") ? Optional.of(type(name.substring(1))) : Optional.empty();
        }

        boolean isList() {
            return bare().has("of");
        }

        boolean isMap() {
            return bare().has("map");
        }

        /** What a list or a map holds. */
        Field element() {
            return new Field(isList() ? bare().get("of") : bare().get("map"));
        }

        /** The scalar word: {@code string}, {@code int32}, {@code quantity}…; empty for anything else. */
        String scalar() {
            var word = bare().asText("");
            return word.startsWith("#") ? "" : word;
        }

        boolean merges() {
            return node.path("patch").asText().contains("merge");
        }

        boolean retainsKeys() {
            return node.path("patch").asText().contains("retainKeys");
        }

        /** The key by which a strategic merge patch finds elements; empty for a list of scalars. */
        String mergeKey() {
            return node.path("key").asText();
        }

        /** {@code map}, {@code set}, or empty for a list that server-side apply replaces whole. */
        String listType() {
            return node.path("list").asText();
        }

        List<String> listKeys() {
            return Json.items(node.path("keys")).stream().map(JsonNode::asText).toList();
        }

        boolean atomic() {
            return node.path("atomic").asBoolean();
        }
    }

    /** An object type. */
    record Type(String name, JsonNode fields) {

        Optional<Field> field(String fieldName) {
            return Optional.ofNullable(fields.get(fieldName)).map(Field::new);
        }

        /** {@code v1.StatefulSetSpec}, as Go prints the type. */
        String goName() {
            var parts = name.split("\\.");
            return parts[parts.length - 2] + "." + parts[parts.length - 1];
        }

        /** {@code StatefulSetSpec} of {@code apps.v1.StatefulSetSpec}. */
        String shortName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    static Type of(ResourceType type) {
        return kind(type.schemaKey());
    }

    /** @param kind for example {@code apps/v1/StatefulSet} */
    static Type kind(String kind) {
        return type(DOCUMENT.path("kinds").path(kind).asText());
    }

    private static Type type(String name) {
        return new Type(name, DOCUMENT.path("types").path(name));
    }

    private static JsonNode read() {
        try (var resource = Schema.class.getResourceAsStream("schema.json")) {
            return Json.MAPPER.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("schema.json is not readable", e);
        }
    }
}
