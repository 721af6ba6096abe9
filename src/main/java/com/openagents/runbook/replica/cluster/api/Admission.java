package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What stands between a valid object and the store: namespaces, quotas, service accounts. */
final class Admission {

    private final Store store;

    Admission(Store store) {
        this.store = store;
    }

    void beforeCreate(Call call, ObjectNode object) {
        if (!call.type().namespaced()) {
            return;
        }
        var name = call.info().namespace();
        var namespace = store.get(ResourceTypes.NAMESPACES, "", name);
        if (namespace == null) {
            throw Statuses.notFound(ResourceTypes.NAMESPACES, name);
        }
    }

    void beforeStore(Call call, ObjectNode object) {}

    void afterCreate(ResourceType type, ObjectNode object) {}
}
