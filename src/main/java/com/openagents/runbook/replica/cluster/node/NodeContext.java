package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.ControllerContext;
import com.openagents.runbook.replica.cluster.controller.Events;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/**
 * What the parts of the node share.
 *
 * @param localized changes the variables of a container where this machine differs from a cluster, for example because
 *     it has no cluster DNS
 */
record NodeContext(
        ControllerContext cluster,
        Events.Recorder events,
        String name,
        String address,
        ImageStore images,
        Loopback loopback,
        NodeDials dials,
        LogStore logs,
        UnaryOperator<Map<String, String>> localized,
        ExecutorService threads) {

    PodThread threadOf(Pod pod) {
        return new PodThread(pod.getMetadata().getName(), threads, cluster.speed(), cluster.log());
    }

    void event(Pod pod, String container, String type, String reason, String message) {
        events.record(pod, container == null ? null : "spec.containers{" + container + "}", type, reason, message);
    }
}
