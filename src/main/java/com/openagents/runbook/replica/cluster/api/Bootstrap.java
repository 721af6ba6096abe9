package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** The objects every cluster begins with: namespaces, and the roles every user and the administrators have. */
final class Bootstrap {

    private final Store store;
    private final Metadata metadata;
    private final Admission admission;

    Bootstrap(Store store, Metadata metadata, Admission admission) {
        this.store = store;
        this.metadata = metadata;
        this.admission = admission;
    }

    void run() {
        try (var file = Bootstrap.class.getResourceAsStream("bootstrap.yaml")) {
            for (var object : new YAMLMapper().readTree(file)) {
                put((ObjectNode) object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bootstrap.yaml is not readable", e);
        }
    }

    private void put(ObjectNode object) {
        var type = ResourceTypes.all().stream()
                .filter(known -> known.kind().equals(Json.text(object, "kind")))
                .findFirst()
                .orElseThrow();
        object.put("apiVersion", type.apiVersion());
        Json.meta(object).put("uid", UUID.randomUUID().toString()).put("creationTimestamp", metadata.now());
        if (type == ResourceTypes.NAMESPACES) {
            new CoreRules.Namespace().prepareCreate(object);
        }
        admission.afterCreate(type, store.put(type, object));
    }
}
