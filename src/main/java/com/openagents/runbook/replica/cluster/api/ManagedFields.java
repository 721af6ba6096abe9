package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who changed an object last, and when. The field sets themselves ({@code fieldsV1}) are not kept. */
final class ManagedFields {

    private ManagedFields() {}

    /** Notes a write by a manager in the object; {@code old} is null for a new object. */
    static void record(
            ObjectNode object, ObjectNode old, String manager, String operation, String subresource, String now) {
        var entries = Json.array();
        if (old != null && old.path("metadata").path("managedFields") instanceof ArrayNode before) {
            before.forEach(entry -> {
                if (!isOf(entry, manager, operation, subresource)) {
                    entries.add(entry);
                }
            });
        }
        var entry = entries.addObject()
                .put("manager", manager)
                .put("operation", operation)
                .put("apiVersion", object.path("apiVersion").asText())
                .put("time", now)
                .put("fieldsType", "FieldsV1");
        entry.putObject("fieldsV1");
        if (!subresource.isEmpty()) {
            entry.put("subresource", subresource);
        }
        Json.meta(object).set("managedFields", entries);
    }

    private static boolean isOf(JsonNode entry, String manager, String operation, String subresource) {
        return entry.path("manager").asText().equals(manager)
                && entry.path("operation").asText().equals(operation)
                && entry.path("subresource").asText().equals(subresource);
    }
}
