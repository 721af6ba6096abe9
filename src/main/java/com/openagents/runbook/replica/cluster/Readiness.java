package com.openagents.runbook.replica.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Whether the runtime is rolled out, and whether all that watches it has noticed. */
final class Readiness {
    private static final String NAME = "runtime";
    private static final Duration LOOK = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final String namespace;
    private final Path directory;

    Readiness(KubernetesClient client, String namespace, Path directory) {
        this.client = client;
        this.namespace = namespace;
        this.directory = directory;
    }

    void await(Duration limit, Consumer<String> progress) {
        var last = new AtomicReference<>("");
        try {
            Awaitility.await("the runtime's rollout")
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(() -> {
                        var missing = missing();
                        missing.filter(what -> !what.equals(last.getAndSet(what)))
                                .ifPresent(progress);
                        return missing.isEmpty();
                    });
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException(
                    "the replica's runtime is not ready after %d s: %s; %s. Its logs are under %s"
                            .formatted(limit.toSeconds(), last.get(), pods(), directory.resolve("pods")),
                    late);
        }
    }

    private Optional<String> missing() {
        var set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(NAME)
                .get();
        int wanted = set.getSpec().getReplicas();
        var status = set.getStatus();
        int ready = status == null ? 0 : Objects.requireNonNullElse(status.getReadyReplicas(), 0);
        if (ready != wanted || !Objects.equals(status.getReplicas(), wanted)) {
            return Optional.of("%d of %d runtime pods are ready".formatted(ready, wanted));
        }
        if (!Objects.equals(status.getCurrentRevision(), status.getUpdateRevision())) {
            return Optional.of("the newest revision is not rolled out");
        }
        var slices = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", NAME)
                .list()
                .getItems();
        long endpoints = slices.stream()
                .flatMap(slice -> Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of()).stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                .count();
        if (endpoints != wanted) {
            return Optional.of("Service runtime has %d of %d endpoints".formatted(endpoints, wanted));
        }
        return budgetAndAutoscaler(wanted);
    }

    private Optional<String> budgetAndAutoscaler(int wanted) {
        var budget = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withName(NAME)
                .get();
        if (budget.getStatus() == null || !Objects.equals(budget.getStatus().getCurrentHealthy(), wanted)) {
            return Optional.of("the disruption budget has not counted the pods");
        }
        var autoscaler = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(NAME)
                .get();
        boolean active = autoscaler.getStatus() != null
                && autoscaler.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("ScalingActive")
                                && condition.getStatus().equals("True"));
        return active ? Optional.empty() : Optional.of("the autoscaler has no metrics yet");
    }

    private String pods() {
        return client.pods().inNamespace(namespace).withLabel("app", NAME).list().getItems().stream()
                .map(Readiness::describe)
                .collect(Collectors.joining(", "));
    }

    private static String describe(Pod pod) {
        var containers = pod.getStatus().getContainerStatuses().stream()
                .map(Readiness::describe)
                .collect(Collectors.joining(", "));
        return pod.getMetadata().getName() + " " + pod.getStatus().getPhase() + " (" + containers + ")";
    }

    private static String describe(ContainerStatus status) {
        var state = status.getState();
        if (state.getWaiting() != null) {
            return state.getWaiting().getReason() + ": " + state.getWaiting().getMessage();
        }
        if (state.getTerminated() != null) {
            return "ended with status " + state.getTerminated().getExitCode();
        }
        return Boolean.TRUE.equals(status.getReady()) ? "ready" : "running, not ready";
    }
}
