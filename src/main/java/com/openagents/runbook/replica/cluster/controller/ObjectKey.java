package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where an object is; the namespace of a cluster-wide object is empty. */
public record ObjectKey(String namespace, String name) {

    public static ObjectKey of(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return new ObjectKey(
                namespace == null ? "" : namespace, object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
