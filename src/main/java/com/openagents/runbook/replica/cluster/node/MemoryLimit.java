package com.openagents.runbook.replica.cluster.node;

import io.fabric8.kubernetes.api.model.Container;

/** How much memory a container may have, in bytes. */
final class MemoryLimit {
    private MemoryLimit() {}

    static long of(Container container) {
        var resources = container.getResources();
        if (resources == null
                || resources.getLimits() == null
                || resources.getLimits().get("memory") == null) {
            return Long.MAX_VALUE;
        }
        return resources.getLimits().get("memory").getNumericalAmount().longValue();
    }
}
