package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.Pods;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One pod on this node, from the time it is bound until nothing is left of it. */
final class PodWorker {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final NodeContext node;
    private final Pod pod;
    private final String podIp;
    private final PodThread thread;
    private final List<ContainerWorker> containers;
    private final PodStatusWriter status;
    private final Runnable finished;
    private volatile Instant readySince;
    private boolean stopping;
    private boolean removed;

    /** @param finished called once, when the pod has gone and its address is free again */
    PodWorker(NodeContext node, Pod pod, Runnable finished) {
        this.node = node;
        this.pod = pod;
        this.finished = finished;
        this.podIp = node.loopback().take();
        this.thread = node.threadOf(pod);
        this.containers = pod.getSpec().getContainers().stream()
                .map(container -> new ContainerWorker(node, thread, pod, podIp, container, this::changed))
                .toList();
        this.status = new PodStatusWriter(
                node,
                pod,
                podIp,
                containers.stream().map(ContainerWorker::record).toList());
    }

    Pod pod() {
        return pod;
    }

    void start() {
        thread.run(() -> {
            changed();
            containers.forEach(ContainerWorker::start);
        });
    }

    /** The API has a newer state of the pod. */
    void update(Pod latest) {
        if (Pods.isTerminating(latest)) {
            var grace = Objects.requireNonNullElse(latest.getMetadata().getDeletionGracePeriodSeconds(), 0L);
            thread.run(() -> stop(Duration.ofSeconds(grace)));
        }
    }

    private void stop(Duration grace) {
        stopping = true;
        containers.forEach(container -> container.stop(grace));
        changed();
    }

    private void changed() {
        if (removed) {
            return;
        }
        boolean ended = stopping && containers.stream().allMatch(ContainerWorker::hasEnded);
        readySince = containers.stream()
                        .allMatch(container -> container.record().isReady())
                ? Optional.ofNullable(readySince).orElse(node.cluster().clock().instant())
                : null;
        try {
            status.write(ended);
        } catch (KubernetesClientException refused) {
            node.cluster().log().accept("status of " + pod.getMetadata().getName() + ": " + refused.getMessage());
            thread.after(Duration.ofSeconds(1), this::changed);
            return;
        }
        if (ended) {
            remove();
        }
    }

    private void remove() {
        var metadata = pod.getMetadata();
        var options = new DeleteOptionsBuilder()
                .withGracePeriodSeconds(0L)
                .withNewPreconditions(null, metadata.getUid())
                .build();
        try {
            node.cluster()
                    .client()
                    .raw(
                            "/api/v1/namespaces/%s/pods/%s".formatted(metadata.getNamespace(), metadata.getName()),
                            "DELETE",
                            options);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != NOT_FOUND && refused.getCode() != CONFLICT) {
                throw refused;
            }
        }
    }

    /** The pod is no longer in the API. */
    void gone() {
        thread.run(() -> {
            removed = true;
            containers.forEach(container -> container.stop(Duration.ZERO));
            finishWhenEnded();
        });
    }

    private void finishWhenEnded() {
        if (containers.stream().allMatch(ContainerWorker::hasEnded)) {
            node.loopback().giveBack(podIp);
            finished.run();
            thread.close();
        } else {
            thread.after(Duration.ofMillis(20), this::finishWhenEnded);
        }
    }

    List<ContainerWorker> containers() {
        return containers;
    }

    /** Since when all containers are ready, as far as they are. */
    Optional<Instant> readySince() {
        return Optional.ofNullable(readySince);
    }

    void killNow() {
        thread.close();
        containers.forEach(ContainerWorker::killNow);
    }
}
