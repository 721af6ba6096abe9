package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** Holds namespaces to the number of objects their quotas allow, and keeps the status of the quotas. */
final class Quotas {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final Store store;

    Quotas(Store store) {
        this.store = store;
        store.onChange(this::follow);
    }

    void requireRoom(ResourceType type, ObjectNode object) {
        for (var quota : store.list(ResourceTypes.QUOTAS, Json.namespace(object))) {
            for (var limit : quota.path("spec").path("hard").properties()) {
                if (!counted(limit.getKey()).equals(Optional.of(type))) {
                    continue;
                }
                var used = used(type, Json.namespace(object));
                if (used + 1 > Quantity.value(limit.getValue().asText()).longValue()) {
                    throw Statuses.forbidden(
                            type,
                            Json.name(object),
                            "exceeded quota: %s, requested: %s=1, used: %s=%d, limited: %s=%s"
                                    .formatted(
                                            Json.name(quota),
                                            limit.getKey(),
                                            limit.getKey(),
                                            used,
                                            limit.getKey(),
                                            limit.getValue().asText()));
                }
            }
        }
    }

    /** The kind a limit counts: {@code pods}, {@code count/jobs.batch}. */
    private static Optional<ResourceType> counted(String limit) {
        var name = limit.startsWith("count/") ? limit.substring("count/".length()) : limit;
        return ResourceTypes.all().stream()
                .filter(type -> type.namespaced() && type.qualified().equals(name))
                .findFirst();
    }

    private long used(ResourceType type, String namespace) {
        return store.list(type, namespace).stream()
                .filter(object -> type != ResourceTypes.PODS || !ENDED.contains(Json.text(object, "status.phase")))
                .count();
    }

    private void follow(Change change) {
        var comesOrGoes = change.before() == null || change.after() == null;
        var ofQuota = change.type() == ResourceTypes.QUOTAS && change.after() != null;
        if (change.type().namespaced() && (comesOrGoes || ofQuota || change.type() == ResourceTypes.PODS)) {
            for (var quota : Set.copyOf(store.list(ResourceTypes.QUOTAS, Json.namespace(change.last())))) {
                refresh(quota);
            }
        }
    }

    private void refresh(ObjectNode quota) {
        var hard = quota.path("spec").path("hard");
        var used = Json.object();
        for (var limit : hard.properties()) {
            counted(limit.getKey())
                    .ifPresent(type -> used.put(limit.getKey(), Long.toString(used(type, Json.namespace(quota)))));
        }
        var status = Json.object();
        status.set("hard", hard);
        status.set("used", used);
        if (!used.isEmpty() && !status.equals(quota.path("status"))) {
            var updated = quota.deepCopy();
            updated.set("status", status);
            store.put(ResourceTypes.QUOTAS, updated);
        }
    }
}
