package com.openagents.runbook.replica;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.monitoring.ScrapeTarget;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What of a replica has metrics now: its runtime pods that have an address and are not leaving, and its control plane. */
record ScrapeTargets(ClusterReplica cluster, URI controlPlane) implements Supplier<List<ScrapeTarget>> {
    private static final int PORT = 4000;

    @Override
    public List<ScrapeTarget> get() {
        var pods =
                cluster
                        .client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withLabel("app", "runtime")
                        .list()
                        .getItems()
                        .stream()
                        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                        .filter(pod -> pod.getStatus().getPodIP() != null)
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                        .map(this::target);
        var mint = new ScrapeTarget("control-plane", controlPlane.getAuthority(), Map.of());
        return Stream.concat(pods, Stream.of(mint)).toList();
    }

    private ScrapeTarget target(Pod pod) {
        var labels = Map.of("pod", pod.getMetadata().getName(), "namespace", cluster.namespace());
        return new ScrapeTarget("runtime", pod.getStatus().getPodIP() + ":" + PORT, labels);
    }
}
