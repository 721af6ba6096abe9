package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which manager owns which fields of an object, and when it last changed them. */
final class ManagedFields {

    /** Who writes: {@code Apply} or {@code Update}, of the object or of one of its subresources. */
    record Writer(String manager, String operation, String subresource) {

        static Writer of(JsonNode entry) {
            return new Writer(
                    Json.text(entry, "manager"), Json.text(entry, "operation"), Json.text(entry, "subresource"));
        }
    }

    /** One manager's fields. */
    record Share(ObjectNode entry, Set<List<String>> paths) {}

    private ManagedFields() {}

    static Map<Writer, Share> of(JsonNode object) {
        Map<Writer, Share> shares = new java.util.LinkedHashMap<>();
        for (var entry : object.path("metadata").path("managedFields")) {
            shares.put(Writer.of(entry), new Share(entry.deepCopy(), FieldPaths.paths(entry.path("fieldsV1"))));
        }
        return shares;
    }

    /** Notes a plain write: the writer owns what it changed, and nobody else does any more. */
    static void record(ObjectNode object, ObjectNode old, Schema.Type type, Writer writer, String now) {
        var before = old == null ? Map.<List<String>, JsonNode>of() : FieldPaths.values(old, type);
        var after = FieldPaths.values(object, type);
        Set<List<String>> changed = new LinkedHashSet<>();
        after.forEach((path, value) -> {
            if (!value.equals(before.get(path))) {
                changed.add(path);
            }
        });
        var shares = old == null ? new java.util.LinkedHashMap<Writer, Share>() : of(old);
        shares.forEach((owner, share) -> {
            share.paths().retainAll(after.keySet());
            if (!owner.equals(writer)) {
                share.paths().removeAll(changed);
            }
        });
        if (!changed.isEmpty()) {
            own(shares, writer, changed, object, now);
        }
        write(object, shares);
    }

    private static void own(
            Map<Writer, Share> shares, Writer writer, Set<List<String>> changed, ObjectNode object, String now) {
        var paths = new LinkedHashSet<>(changed);
        if (shares.containsKey(writer)) {
            paths.addAll(shares.get(writer).paths());
        }
        shares.put(writer, new Share(entry(writer, object, now), paths));
    }

    static ObjectNode entry(Writer writer, ObjectNode object, String now) {
        var entry = Json.object()
                .put("manager", writer.manager())
                .put("operation", writer.operation())
                .put("apiVersion", object.path("apiVersion").asText())
                .put("time", now)
                .put("fieldsType", "FieldsV1");
        if (!writer.subresource().isEmpty()) {
            entry.put("subresource", writer.subresource());
        }
        return entry;
    }

    static void write(ObjectNode object, Map<Writer, Share> shares) {
        var sorted = new TreeMap<String, ObjectNode>();
        shares.forEach((owner, share) -> {
            if (!share.paths().isEmpty()) {
                var entry = share.entry().deepCopy();
                entry.set("fieldsV1", FieldPaths.tree(share.paths()));
                sorted.put(owner.operation() + "\0" + Json.text(entry, "time") + "\0" + owner, entry);
            }
        });
        if (sorted.isEmpty()) {
            Json.meta(object).remove("managedFields");
        } else {
            Json.meta(object).set("managedFields", Json.array().addAll(sorted.values()));
        }
    }
}
