package com.openagents.runbook.replica.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The runtime pods that are there now. */
final class RunningPods {
    private static final int RUNTIME_PORT = 4000;

    private final KubernetesClient client;
    private final String namespace;

    RunningPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Of those that are ready, in the order of their names; of all if none is. */
    List<URI> addresses() {
        var pods = selected().list().getItems().stream()
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        var ready = pods.stream().filter(RunningPods::isReady).toList();
        return (ready.isEmpty() ? pods : ready)
                .stream()
                        .map(pod -> URI.create("http://" + pod.getStatus().getPodIP() + ":" + RUNTIME_PORT))
                        .toList();
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> Boolean.TRUE.equals(container.getReady()));
    }

    /** Deletes all of them and waits until they are gone; their successors may not be ready yet. */
    void replace(Duration limit) {
        var before = uids();
        selected().withGracePeriod(1).delete();
        Awaitility.await("the deleted runtime pods to be gone")
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Collections.disjoint(before, uids()));
    }

    private Set<String> uids() {
        return selected().list().getItems().stream()
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> selected() {
        return client.pods().inNamespace(namespace).withLabel("app", "runtime");
    }
}
