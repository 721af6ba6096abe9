package com.openagents.runbook.safety;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Restarts the pods one after the other, each by an eviction, which the disruption budget may refuse for a while. Nothing is
 * written to the StatefulSet, so no revision is added that a rollback could meet.
 */
final class PodRestart {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** The answer to an eviction that is granted. */
    static final int GOES = 201;

    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;
    private static final Duration LOOK = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final String namespace;
    private final SteadyState steady;

    PodRestart(Ground ground) {
        client = ground.client();
        namespace = ground.namespace();
        steady = new SteadyState(ground);
    }

    void all() {
        steady.pods().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .forEach(this::one);
    }

    /**
     * Evicts a pod and waits until the runtime is steady without it. One that is gone already, as where the autoscaler takes
     * away what it added, needs no eviction.
     *
     * @throws Unsettled if that takes too long
     */
    void one(Pod pod) {
        var name = pod.getMetadata().getName();
        await("the disruption budget to let " + name + " go", () -> isGone(pod) || goes(pod));
        await(
                "another " + name + " to be ready",
                () -> isGone(pod) && steady.problem().isEmpty());
    }

    private boolean goes(Pod pod) {
        try {
            return client.pods().resource(pod).evict(eviction(pod.getMetadata().getName()));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == NOT_FOUND) {
                return true;
            }
            throw refused;
        }
    }

    private boolean isGone(Pod pod) {
        return steady.pods().stream()
                .noneMatch(other ->
                        other.getMetadata().getUid().equals(pod.getMetadata().getUid()));
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(condition);
        } catch (ConditionTimeoutException late) {
            throw new Unsettled("waited " + LIMIT.toMinutes() + " min in vain for " + what + ": "
                    + steady.problem().orElse("the pods are steady as they are"));
        }
    }

    /** @return the status code of the answer: 201 where it goes, 429 where the disruption budget keeps it */
    int evict(String pod) {
        // The client would ask again until it goes; here the first answer counts.
        var once = new ConfigBuilder(client.getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var asking = new KubernetesClientBuilder().withConfig(once).build()) {
            boolean goes = asking.pods().inNamespace(namespace).withName(pod).evict(eviction(pod));
            return goes ? GOES : TOO_MANY;
        } catch (KubernetesClientException refused) {
            return refused.getCode();
        }
    }

    private Eviction eviction(String pod) {
        return new EvictionBuilder()
                .withNewMetadata()
                .withName(pod)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }
}
