package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.Pods;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what the node sees of a pod into its status. Conditions of others stay as they are. */
final class PodStatusWriter {
    private static final String NOT_READY = "ContainersNotReady";

    private final NodeContext node;
    private final Pod pod;
    private final String podIp;
    private final List<ContainerRecord> containers;
    private final Instant startTime;

    PodStatusWriter(NodeContext node, Pod pod, String podIp, List<ContainerRecord> containers) {
        this.node = node;
        this.pod = pod;
        this.podIp = podIp;
        this.containers = containers;
        this.startTime = node.cluster().clock().instant();
    }

    void write(boolean ended) {
        var at = node.cluster()
                .client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
        node.cluster().writeStatus(at, pod.getMetadata().getUid(), now -> withStatus(now, ended));
    }

    private Pod withStatus(Pod now, boolean ended) {
        var phase = phase(ended);
        return new PodBuilder(now)
                .editOrNewStatus()
                .withPhase(phase)
                .withHostIP(node.address())
                .withHostIPs(new HostIP(node.address()))
                .withPodIP(podIp)
                .withPodIPs(new PodIP(podIp))
                .withStartTime(Pods.time(startTime))
                .withContainerStatuses(
                        containers.stream().map(ContainerRecord::status).toList())
                .withConditions(conditions(now, phase))
                .withObservedGeneration(now.getMetadata().getGeneration())
                .endStatus()
                .build();
    }

    private String phase(boolean ended) {
        boolean allEnded = containers.stream().allMatch(ContainerRecord::isTerminated);
        boolean allGood = containers.stream().allMatch(container -> container.exitCode() == 0);
        if (ended) {
            return allEnded && allGood ? "Succeeded" : "Failed";
        }
        var policy = pod.getSpec().getRestartPolicy();
        if (allEnded && "Never".equals(policy)) {
            return allGood ? "Succeeded" : "Failed";
        }
        if (allEnded && "OnFailure".equals(policy) && allGood) {
            return "Succeeded";
        }
        return containers.stream().allMatch(ContainerRecord::wasCreated) ? "Running" : "Pending";
    }

    private List<PodCondition> conditions(Pod now, String phase) {
        var completed = phase.equals("Succeeded");
        var ended = completed || phase.equals("Failed");
        var unready = containers.stream()
                .filter(container -> !container.isReady())
                .map(container -> container.status().getName())
                .collect(Collectors.joining(" "));
        boolean ready = unready.isEmpty() && phase.equals("Running");
        var reason = ready ? null : completed ? "PodCompleted" : ended ? "PodFailed" : NOT_READY;
        var message = ready || ended ? null : "containers with unready status: [" + unready + "]";
        var own = new ArrayList<PodCondition>();
        own.add(condition(now, "PodReadyToStartContainers", !ended, null, null));
        own.add(condition(now, "Initialized", true, completed ? "PodCompleted" : null, null));
        own.add(condition(now, "Ready", ready, reason, message));
        own.add(condition(now, "ContainersReady", ready, reason, message));
        own.add(condition(now, "PodScheduled", true, null, null));
        var names = own.stream().map(PodCondition::getType).toList();
        now.getStatus().getConditions().stream()
                .filter(condition -> !names.contains(condition.getType()))
                .forEach(own::add);
        return own;
    }

    private PodCondition condition(Pod now, String type, boolean holds, String reason, String message) {
        var status = holds ? "True" : "False";
        var since = Pods.condition(now, type)
                .filter(before -> before.getStatus().equals(status))
                .map(PodCondition::getLastTransitionTime)
                .orElseGet(() -> Pods.time(node.cluster().clock().instant()));
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withObservedGeneration(now.getMetadata().getGeneration())
                .build();
    }
}
