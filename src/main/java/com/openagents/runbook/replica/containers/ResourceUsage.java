package com.openagents.runbook.replica.containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the containers of a cluster use of processor and memory, as its kubelets measure it, in the shape of the API
 * {@code metrics.k8s.io/v1beta1}: an average between two looks.
 */
final class ResourceUsage {
    static final String API = "/apis/metrics.k8s.io/v1beta1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MEASURED = Pattern.compile(
            "(container_cpu_usage_seconds_total|container_memory_working_set_bytes)\\{container=\"([^\"]+)\","
                    + "namespace=\"([^\"]+)\",pod=\"([^\"]+)\"} (\\S+) (\\d+)");
    private static final double NANOS = 1e9;

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
    synchronized ObjectNode pods(String namespace, String selector) {
        var answer = JSON.createObjectNode().put("kind", "PodMetricsList").put("apiVersion", "metrics.k8s.io/v1beta1");
        answer.putObject("metadata");
        var items = answer.putArray("items");
        client.pods()
                .inNamespace(namespace)
                .withLabelSelector(selector)
                .list()
                .getItems()
                .forEach(pod -> {
                    var name = pod.getMetadata().getName();
                    var measured = used.entrySet().stream()
                            .filter(entry -> entry.getKey().namespace().equals(namespace)
                                    && entry.getKey().pod().equals(name))
                            .toList();
                    if (!measured.isEmpty()) {
                        var first = measured.get(0).getValue();
                        var item = items.addObject();
                        item.putObject("metadata").put("name", name).put("namespace", namespace);
                        item.put("timestamp", first.at().toString());
                        item.put("window", first.window().toMillis() / 1e3 + "s");
                        var containers = item.putArray("containers");
                        measured.forEach(entry -> containers
                                .addObject()
                                .put("name", entry.getKey().name())
                                .putObject("usage")
                                .put("cpu", Math.round(entry.getValue().cores() * NANOS) + "n")
                                .put("memory", memory.getOrDefault(entry.getKey(), 0L) / 1024 + "Ki"));
                    }
                });
        return answer;
    }

    /** What the API offers. */
    static ObjectNode offered() {
        var answer = JSON.createObjectNode()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", "metrics.k8s.io/v1beta1");
        var pods = answer.putArray("resources").addObject();
        pods.put("name", "pods").put("singularName", "").put("namespaced", true).put("kind", "PodMetrics");
        pods.putArray("verbs").add("get").add("list");
        return answer;
    }
}
