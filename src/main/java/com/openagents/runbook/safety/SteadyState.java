package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.kubernetes.Pages;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The state that a drill begins in and ends in: every pod that the StatefulSet asks for is there, ready, of the revision
 * that is rolled out, and none is on its way out.
 */
public final class SteadyState {
    static final String NAME = "runtime";

    private static final Duration LOOK = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final String namespace;

    SteadyState(Ground ground) {
        client = ground.client();
        namespace = ground.namespace();
    }

    /** What is not steady now, in words; empty if all is. */
    Optional<String> problem() {
        var set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(NAME)
                .get();
        if (set == null) {
            return Optional.of("there is no StatefulSet " + NAME);
        }
        var pods = pods();
        return rollout(set)
                .or(() -> pods.stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                        .findFirst()
                        .map(pod -> pod.getMetadata().getName() + " is terminating"))
                .or(() -> pods.stream()
                        .filter(pod -> !isReady(pod))
                        .findFirst()
                        .map(pod -> pod.getMetadata().getName() + " is not ready"))
                .or(() -> pods.size() == set.getSpec().getReplicas()
                        ? Optional.empty()
                        : Optional.of(pods.size() + " of " + set.getSpec().getReplicas() + " pods are there"));
    }

    private static Optional<String> rollout(StatefulSet set) {
        var status = set.getStatus();
        if (status == null || !set.getMetadata().getGeneration().equals(status.getObservedGeneration())) {
            return Optional.of("the controller has not seen the newest StatefulSet yet");
        }
        if (!String.valueOf(status.getCurrentRevision()).equals(status.getUpdateRevision())) {
            return Optional.of("revision " + status.getUpdateRevision() + " is being rolled out");
        }
        return Optional.empty();
    }

    List<Pod> pods() {
        return Pages.all(client.pods().inNamespace(namespace).withLabel("app", NAME));
    }

    /** The image that the StatefulSet asks for. */
    String image() {
        return client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(NAME)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /**
     * Waits until it is steady.
     *
     * @return what is still wrong when the limit is over
     */
    Optional<String> await(Duration limit) {
        return await(limit, () -> false);
    }

    /** As {@link #await}, but not longer than until a pod waits for what will not come by itself. */
    Optional<String> awaitUnlessHopeless(Duration limit) {
        return await(limit, () -> hopeless().isPresent())
                .map(problem -> hopeless().orElse(problem));
    }

    private Optional<String> await(Duration limit, BooleanSupplier givesUp) {
        var last = new AtomicReference<Optional<String>>(Optional.empty());
        try {
            Awaitility.await("the runtime to be steady")
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(() -> {
                        last.set(problem());
                        return last.get().isEmpty() || givesUp.getAsBoolean();
                    });
            return last.get();
        } catch (ConditionTimeoutException late) {
            return last.get();
        }
    }

    /** A pod that waits for what will not come by itself. */
    private Optional<String> hopeless() {
        return pods().stream()
                .flatMap(pod ->
                        Hopeless.reason(pod)
                                .map(reason -> pod.getMetadata().getName() + " cannot start: " + reason)
                                .stream())
                .findFirst();
    }

    /** @throws CouldNotCheck if it is not steady, for then a drill would show nothing and might make it worse */
    void require() {
        problem().ifPresent(problem -> {
            throw new CouldNotCheck(
                    "the runtime is not steady (" + problem + "), so nothing was changed: see section 1");
        });
    }
}
