package com.openagents.runbook.replica.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.UnaryOperator;

/** Pods of one container, for tests, that run a script. */
public final class ShellPods {
    private final KubernetesClient client;
    private final String namespace;

    public ShellPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** @param change what the pod has besides */
    public void create(String name, String restart, String script, UnaryOperator<Pod> change) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restart)
                .withTerminationGracePeriodSeconds(5L)
                .addNewContainer()
                .withName("main")
                .withImage(SharedCluster.SHELL)
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec()
                .build();
        client.resource(change.apply(pod)).create();
    }

    public Pod get(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    public String phase(String name) {
        return get(name).getStatus().getPhase();
    }

    /** An empty one while there is none. */
    public ContainerStatus container(String name) {
        var statuses = get(name).getStatus().getContainerStatuses();
        return statuses.isEmpty()
                ? new ContainerStatusBuilder()
                        .withRestartCount(0)
                        .withNewState()
                        .endState()
                        .build()
                : statuses.get(0);
    }

    public boolean isWaiting(String name, String reason) {
        var state = container(name).getState();
        return state != null
                && state.getWaiting() != null
                && reason.equals(state.getWaiting().getReason());
    }

    public String log(String name) {
        return client.pods().inNamespace(namespace).withName(name).getLog();
    }
}
