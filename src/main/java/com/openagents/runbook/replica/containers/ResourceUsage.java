package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.runtime.json.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the containers of a cluster use of processor and memory, as its kubelets measure it, in the shape of the API
 * {@code metrics.k8s.io/v1beta1}: an average over a minute. What a container used before its pod was ready does not count, and
 * for a pod that is younger than a minute the missing time counts as idle: starting is no load to scale by.
 */
final class ResourceUsage {
    private static final String GROUP_VERSION = "metrics.k8s.io/v1beta1";

    static final String API = "/apis/" + GROUP_VERSION;

    private static final Pattern MEASURED = Pattern.compile(
            "(container_cpu_usage_seconds_total|container_memory_working_set_bytes)\\{container=\"([^\"]+)\","
                    + "namespace=\"([^\"]+)\",pod=\"([^\"]+)\"} (\\S+) (\\d+)");
    private static final Duration AVERAGED = Duration.ofMinutes(1);
    private static final double NANOS = 1e9;
    private static final int KIBI = 1024;

    private final KubernetesClient client;
    private final Map<Container, Deque<Sample>> samples = new HashMap<>();
    private Map<Container, Long> memory = Map.of();

    private record Container(String namespace, String pod, String name) {}

    private record Sample(double cpuSeconds, Instant at) {}

    ResourceUsage(KubernetesClient client) {
        this.client = client;
    }

    /** Looks once more. */
    synchronized void look() {
        var bytes = new HashMap<Container, Long>();
        client.nodes().list().getItems().forEach(node -> {
            var text = client.raw("/api/v1/nodes/" + node.getMetadata().getName() + "/proxy/metrics/resource");
            var found = MEASURED.matcher(text == null ? "" : text);
            while (found.find()) {
                var container = new Container(found.group(3), found.group(4), found.group(2));
                double value = Double.parseDouble(found.group(5));
                var at = Instant.ofEpochMilli(Long.parseLong(found.group(6)));
                if (found.group(1).startsWith("container_cpu")) {
                    take(container, new Sample(value, at));
                } else {
                    bytes.put(container, (long) value);
                }
            }
        });
        memory = Map.copyOf(bytes);
    }

    private void take(Container container, Sample now) {
        var of = samples.computeIfAbsent(container, unknown -> new ArrayDeque<>());
        if (of.isEmpty() || now.at().isAfter(of.getLast().at())) {
            of.addLast(now);
        }
        while (of.getFirst().at().plus(AVERAGED).isBefore(now.at())) {
            of.removeFirst();
        }
    }

    /** The pods of a namespace that a label selector chooses, each with what its containers used. */
    synchronized Map<String, Object> pods(String namespace, String selector) {
        var pods = client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                .flatMap(pod -> readySince(pod).stream()
                        .map(ready -> pod(namespace, pod.getMetadata().getName(), ready)))
                .flatMap(Optional::stream)
                .toList();
        return Json.object(
                "kind", "PodMetricsList", "apiVersion", GROUP_VERSION, "metadata", Json.object(), "items", pods);
    }

    private static Optional<Instant> readySince(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst();
    }

    /** Empty as long as nothing was seen twice since it is ready. */
    private Optional<Map<String, Object>> pod(String namespace, String pod, Instant ready) {
        var counted = new HashMap<Container, List<Sample>>();
        samples.forEach((container, of) -> {
            if (container.namespace().equals(namespace) && container.pod().equals(pod)) {
                counted.put(
                        container,
                        of.stream()
                                .filter(sample -> !sample.at().isBefore(ready))
                                .toList());
            }
        });
        counted.values().removeIf(of -> of.size() < 2);
        return counted.values().stream().findFirst().map(of -> told(namespace, pod, of, counted));
    }

    private Map<String, Object> told(
            String namespace, String pod, List<Sample> first, Map<Container, List<Sample>> counted) {
        var newest = first.get(first.size() - 1).at();
        var window = Duration.between(first.get(first.size() - 2).at(), newest);
        return Json.object(
                "metadata",
                Json.object("name", pod, "namespace", namespace),
                "timestamp",
                newest.toString(),
                "window",
                window.toMillis() / 1e3 + "s",
                "containers",
                counted.entrySet().stream()
                        .map(of -> container(of.getKey(), cores(of.getValue())))
                        .toList());
    }

    /** A container that started anew counts from zero. */
    private static double cores(List<Sample> of) {
        double seconds = 0;
        for (int next = 1; next < of.size(); next++) {
            seconds += Math.max(0, of.get(next).cpuSeconds() - of.get(next - 1).cpuSeconds());
        }
        return seconds / AVERAGED.toSeconds();
    }

    private Map<String, Object> container(Container container, double cores) {
        return Json.object(
                "name",
                container.name(),
                "usage",
                Json.object(
                        "cpu",
                        Math.round(cores * NANOS) + "n",
                        "memory",
                        memory.getOrDefault(container, 0L) / KIBI + "Ki"));
    }

    /** What the API offers. */
    static Map<String, Object> offered() {
        var pods = Json.object(
                "name",
                "pods",
                "singularName",
                "",
                "namespaced",
                true,
                "kind",
                "PodMetrics",
                "verbs",
                List.of("get", "list"));
        return Json.object(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                GROUP_VERSION,
                "resources",
                List.of(pods));
    }
}
