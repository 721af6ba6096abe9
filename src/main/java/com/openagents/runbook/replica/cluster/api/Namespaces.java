package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The end of a namespace: its content goes first, then it goes itself. */
final class Namespaces {

    private static final List<String> PERMANENT = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final Store store;
    private final Deleter deleter;
    private final Metadata metadata;

    Namespaces(Store store, Deleter deleter, Metadata metadata) {
        this.store = store;
        this.deleter = deleter;
        this.metadata = metadata;
        store.onChange(this::follow);
    }

    void delete(Call call, ObjectNode namespace) {
        var name = Json.name(namespace);
        if (PERMANENT.contains(name)) {
            throw Statuses.forbidden(ResourceTypes.NAMESPACES, name, "this namespace may not be deleted");
        }
        var ending = namespace.deepCopy();
        if (!Json.has(namespace, "metadata.deletionTimestamp")) {
            Json.meta(ending).put("deletionTimestamp", metadata.now());
            Json.child(ending, "status").put("phase", "Terminating");
            ending = call.dryRun() ? ending : store.put(ResourceTypes.NAMESPACES, ending);
        }
        call.reply(200, ending);
        if (!call.dryRun()) {
            empty(name);
        }
    }

    private void empty(String namespace) {
        for (var type : ResourceTypes.all()) {
            if (type.namespaced() && type != ResourceTypes.NEW_EVENTS) {
                List.copyOf(store.list(type, namespace)).forEach(object -> deleter.deleteQuietly(type, object));
            }
        }
        finish(namespace);
    }

    private void follow(Change change) {
        if (change.after() == null && change.type().namespaced()) {
            finish(Json.namespace(change.last()));
        }
    }

    private void finish(String name) {
        var namespace = store.get(ResourceTypes.NAMESPACES, "", name);
        if (namespace != null && Json.has(namespace, "metadata.deletionTimestamp") && isEmpty(name)) {
            store.remove(ResourceTypes.NAMESPACES, namespace);
        }
    }

    private boolean isEmpty(String namespace) {
        return ResourceTypes.all().stream()
                .filter(type -> type.namespaced() && type != ResourceTypes.NEW_EVENTS)
                .allMatch(type -> store.list(type, namespace).isEmpty());
    }
}
