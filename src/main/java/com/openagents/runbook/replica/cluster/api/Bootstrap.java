package com.openagents.runbook.replica.cluster.api;

import java.util.List;
import java.util.UUID;

/** The namespaces every cluster has. */
final class Bootstrap {

    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    private final Store store;
    private final Metadata metadata;

    Bootstrap(Store store, Metadata metadata) {
        this.store = store;
        this.metadata = metadata;
    }

    void run() {
        for (var name : NAMESPACES) {
            var namespace = Json.object().put("kind", "Namespace").put("apiVersion", "v1");
            var meta = namespace.putObject("metadata").put("name", name);
            meta.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", metadata.now());
            meta.putObject("labels").put("kubernetes.io/metadata.name", name);
            namespace.putObject("spec").putArray("finalizers").add("kubernetes");
            namespace.putObject("status").put("phase", "Active");
            store.put(ResourceTypes.NAMESPACES, namespace);
        }
    }
}
