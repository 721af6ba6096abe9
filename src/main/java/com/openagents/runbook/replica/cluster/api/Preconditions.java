package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What must be true of the stored object before it may be changed or deleted. */
final class Preconditions {

    private Preconditions() {}

    /** An update must be based on the stored version, if it names one. */
    static void requireFresh(Call call, ObjectNode old, ObjectNode updated, boolean needsVersion) {
        var type = call.type();
        var based = Json.text(updated, "metadata.resourceVersion");
        var uid = Json.text(updated, "metadata.uid");
        var stored = Json.text(old, "metadata.uid");
        if (!uid.isEmpty() && !uid.equals(stored)) {
            throw Statuses.conflict(
                    type,
                    Json.name(old),
                    ("StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg:"
                                    + " Precondition failed: UID in precondition: %s, UID in object meta: %s")
                            .formatted(storageKey(type, old), uid, stored));
        }
        if (based.isEmpty() || based.equals("0")) {
            if (needsVersion) {
                var causes = new Causes();
                causes.invalid("metadata.resourceVersion", 0, "must be specified for an update");
                throw causes.refusal(type.group(), type.plural(), Json.name(old));
            }
        } else if (!based.equals(Json.text(old, "metadata.resourceVersion"))) {
            throw Statuses.stale(type, Json.name(old));
        }
    }

    private static String storageKey(ResourceType type, ObjectNode object) {
        var namespace = type.namespaced() ? Json.namespace(object) + "/" : "";
        return "/registry/%s/%s%s".formatted(type.plural(), namespace, Json.name(object));
    }

    /** @param preconditions of the delete options */
    static void requireOfDelete(ResourceType type, ObjectNode object, JsonNode preconditions) {
        requireSame(type, object, preconditions, "uid", "UID");
        requireSame(type, object, preconditions, "resourceVersion", "ResourceVersion");
    }

    private static void requireSame(
            ResourceType type, ObjectNode object, JsonNode preconditions, String field, String word) {
        var wanted = preconditions.path(field).asText("");
        var seen = Json.text(object, "metadata." + field);
        if (wanted.isEmpty() || wanted.equals(seen)) {
            return;
        }
        var status = Statuses.failure(
                409,
                "Conflict",
                ("Operation cannot be fulfilled on %s \"%s\": Precondition failed: %s in precondition: %s, %s in object"
                                + " meta: %s")
                        .formatted(type.kind(), Json.name(object), word, wanted, word, seen));
        var details = status.putObject("details").put("name", Json.name(object));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.kind());
        throw new ApiError(status);
    }
}
