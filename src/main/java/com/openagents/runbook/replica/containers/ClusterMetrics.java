package com.openagents.runbook.replica.containers;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The resource metrics API of a cluster, which its autoscaler asks. */
final class ClusterMetrics {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final KubernetesClient client;

    ClusterMetrics(KubernetesClient client) {
        this.client = client;
    }

    /** Whether the cluster brings one along. */
    boolean isBrought() {
        return client.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                        .withName("v1beta1.metrics.k8s.io")
                        .get()
                != null;
    }

    /** @param host how the API server's container names it */
    void register(String host, int port) throws IOException {
        try (var yaml = ClusterMetrics.class.getResourceAsStream("metrics-api.yaml")) {
            var text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("HOST", host)
                    .replace("PORT", String.valueOf(port));
            client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .create();
        }
    }

    /** Returns when the autoscaler of the runtime works. */
    void awaitAutoscaler(String namespace) {
        try {
            Awaitility.await("the autoscaler to have metrics")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                    .until(() -> active(namespace)
                            .filter(condition -> condition.getStatus().equals("True"))
                            .isPresent());
        } catch (ConditionTimeoutException e) {
            var said = active(namespace).map(HorizontalPodAutoscalerCondition::getMessage);
            throw new IllegalStateException(
                    "the autoscaler had no metrics within " + LIMIT.toMinutes() + " min: "
                            + said.orElse("it says nothing"),
                    e);
        }
    }

    private Optional<HorizontalPodAutoscalerCondition> active(String namespace) {
        var autoscaler = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName("runtime")
                .get();
        return Optional.ofNullable(autoscaler.getStatus()).map(HorizontalPodAutoscalerStatus::getConditions).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals("ScalingActive"))
                .findFirst();
    }
}
