package com.openagents.runbook.replica;

import com.openagents.runbook.replica.monitoring.ScrapeTarget;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What of a replica has metrics now: its runtime pods that have an address and are not leaving, and its control plane.
 *
 * @param pod where a pod is scraped
 */
public record ScrapeTargets(
        KubernetesClient client, String namespace, Function<Pod, ScrapeTarget> pod, ScrapeTarget controlPlane)
        implements Supplier<List<ScrapeTarget>> {
    private static final int PORT = 4000;
    private static final String JOB = "runtime";

    /** Scraped at the address of the pod. */
    static ScrapeTarget atItsAddress(Pod pod) {
        return new ScrapeTarget(JOB, pod.getStatus().getPodIP() + ":" + PORT, labels(pod));
    }

    /** Scraped through the API server, for pods have their network to themselves. */
    public static ScrapeTarget through(String apiServer, Pod pod) {
        var labels = new HashMap<>(labels(pod));
        labels.put("instance", pod.getMetadata().getName());
        labels.put("__scheme__", "https");
        labels.put(
                "__metrics_path__",
                "/api/v1/namespaces/%s/pods/%s:%d/proxy/metrics"
                        .formatted(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName(),
                                PORT));
        return new ScrapeTarget(JOB, apiServer, labels);
    }

    /** @param address host and port of the control plane */
    public static ScrapeTarget controlPlane(String address) {
        return new ScrapeTarget("control-plane", address, Map.of());
    }

    private static Map<String, String> labels(Pod pod) {
        return Map.of(
                "pod",
                pod.getMetadata().getName(),
                "namespace",
                pod.getMetadata().getNamespace());
    }

    @Override
    public List<ScrapeTarget> get() {
        var pods = client.pods().inNamespace(namespace).withLabel("app", "runtime").list().getItems().stream()
                .filter(found -> "Running".equals(found.getStatus().getPhase()))
                .filter(found -> found.getStatus().getPodIP() != null)
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparing(found -> found.getMetadata().getName()))
                .map(pod);
        return Stream.concat(pods, Stream.of(controlPlane)).toList();
    }
}
