package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A fault of the cluster, put together from how it is made and how it is seen. */
record ClusterFault(
        String id, String description, String expectedFinding, Consumer<Objects> injection, Predicate<Objects> visible)
        implements Fault<ClusterReplica> {

    @Override
    public void inject(ClusterReplica cluster) {
        injection.accept(new Objects(cluster));
    }

    @Override
    public boolean shows(ClusterReplica cluster) {
        return visible.test(new Objects(cluster));
    }
}
