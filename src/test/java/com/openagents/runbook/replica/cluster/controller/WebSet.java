package com.openagents.runbook.replica.cluster.controller;

import static com.openagents.runbook.replica.cluster.SharedCluster.SHELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** A StatefulSet of a test, and its pods. */
public final class WebSet {
    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    /** Its name is web. */
    WebSet(KubernetesClient client, String namespace) {
        this(client, namespace, "web");
    }

    /** @param name its own, that of its Service, and the label app of its pods */
    public WebSet(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    public void create(String management, int replicas) {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withServiceName(name)
                        .withReplicas(replicas)
                        .withPodManagementPolicy(management)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("main")
                        .withImage(SHELL)
                        .withCommand("sleep", "1000")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    RollableScalableResource<StatefulSet> at() {
        return client.apps().statefulSets().inNamespace(namespace).withName(name);
    }

    StatefulSet get() {
        return at().get();
    }

    public void scale(int replicas) {
        edit(set -> set.editSpec().withReplicas(replicas).endSpec());
    }

    void edit(UnaryOperator<StatefulSetBuilder> change) {
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                at().edit(set -> change.apply(new StatefulSetBuilder(set)).build());
                return;
            } catch (io.fabric8.kubernetes.client.KubernetesClientException conflict) {
                assertThat(conflict.getCode()).isEqualTo(409);
            }
        }
    }

    boolean isSettled(int replicas) {
        var status = get().getStatus();
        return status != null
                && Integer.valueOf(replicas).equals(status.getReplicas())
                && Integer.valueOf(replicas).equals(status.getReadyReplicas())
                && pods().size() == replicas
                && get().getMetadata().getGeneration().equals(status.getObservedGeneration());
    }

    boolean isRolledOut() {
        var status = get().getStatus();
        return isSettled(get().getSpec().getReplicas())
                && status.getCurrentRevision().equals(status.getUpdateRevision());
    }

    List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /** The uid of a pod, or nothing while there is none. */
    String uid(String pod) {
        var there = client.pods().inNamespace(namespace).withName(pod).get();
        return there == null ? "" : there.getMetadata().getUid();
    }

    boolean isReplaced(String pod, String before) {
        var uid = uid(pod);
        return !uid.isEmpty() && !uid.equals(before);
    }

    String revision(String pod) {
        var there = client.pods().inNamespace(namespace).withName(pod).get();
        return there == null ? "" : StatefulPods.revision(there);
    }

    List<ControllerRevision> revisions() {
        return client.apps().controllerRevisions().inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(ControllerRevision::getRevision))
                .toList();
    }
}
