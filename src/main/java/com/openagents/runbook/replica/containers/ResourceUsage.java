package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.runtime.json.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the containers of a cluster use of processor and memory, as its kubelets measure it, in the shape of the API
 * {@code metrics.k8s.io/v1beta1}: an average between two looks.
 */
final class ResourceUsage {
    private static final String GROUP_VERSION = "metrics.k8s.io/v1beta1";

    static final String API = "/apis/" + GROUP_VERSION;

    private static final Pattern MEASURED = Pattern.compile(
            "(container_cpu_usage_seconds_total|container_memory_working_set_bytes)\\{container=\"([^\"]+)\","
                    + "namespace=\"([^\"]+)\",pod=\"([^\"]+)\"} (\\S+) (\\d+)");
    private static final double NANOS = 1e9;
    private static final int KIBI = 1024;

    private final KubernetesClient client;
    private final Map<Container, Sample> last = new HashMap<>();
    private final Map<Container, Used> used = new HashMap<>();
    private Map<Container, Long> memory = Map.of();

    private record Container(String namespace, String pod, String name) {}

    private record Sample(double cpuSeconds, Instant at) {}

    /** @param cores on average since the sample before */
    private record Used(double cores, Duration window, Instant at) {}

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
        var before = last.get(container);
        if (before != null && now.at().isAfter(before.at())) {
            var window = Duration.between(before.at(), now.at());
            double seconds = Math.max(0, now.cpuSeconds() - before.cpuSeconds());
            used.put(container, new Used(seconds / (window.toMillis() / 1e3), window, now.at()));
        }
        if (before == null || now.at().isAfter(before.at())) {
            last.put(container, now);
        }
    }

    /** The pods of a namespace that a label selector chooses, each with what its containers used. */
    synchronized Map<String, Object> pods(String namespace, String selector) {
        var pods = client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(pod -> !containers(namespace, pod).isEmpty())
                .map(pod -> pod(namespace, pod))
                .toList();
        return Json.object(
                "kind", "PodMetricsList", "apiVersion", GROUP_VERSION, "metadata", Json.object(), "items", pods);
    }

    private List<Container> containers(String namespace, String pod) {
        return used.keySet().stream()
                .filter(container -> container.namespace().equals(namespace)
                        && container.pod().equals(pod))
                .toList();
    }

    private Map<String, Object> pod(String namespace, String pod) {
        var containers = containers(namespace, pod);
        var first = used.get(containers.get(0));
        return Json.object(
                "metadata",
                Json.object("name", pod, "namespace", namespace),
                "timestamp",
                first.at().toString(),
                "window",
                first.window().toMillis() / 1e3 + "s",
                "containers",
                containers.stream().map(this::container).toList());
    }

    private Map<String, Object> container(Container container) {
        return Json.object(
                "name",
                container.name(),
                "usage",
                Json.object(
                        "cpu",
                        Math.round(used.get(container).cores() * NANOS) + "n",
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
