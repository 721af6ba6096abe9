package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whether names and labels are well formed. */
final class Names {

    private Names() {}

    static void validateMetadata(ResourceType type, ObjectNode object, Causes causes) {
        if (Json.name(object).isEmpty()) {
            causes.required("metadata.name", "name or generateName is required");
        }
    }

    static void validateMetadataUpdate(ResourceType type, ObjectNode updated, ObjectNode old, Causes causes) {}
}
