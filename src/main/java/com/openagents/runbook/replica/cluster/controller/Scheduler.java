package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Binds every new pod to the first Ready node. */
public final class Scheduler implements Controller {
    private final ControllerContext context;
    private final Events.Recorder events;
    private final WorkQueue<ObjectKey> queue;

    public Scheduler(ControllerContext context) {
        this.context = context;
        this.events = context.events().of("default-scheduler", null);
        this.queue = new WorkQueue<>("scheduler", context.log(), this::reconcile);
        context.informers().watch(Pod.class, pod -> {
            if (isWaiting(pod)) {
                queue.add(ObjectKey.of(pod));
            }
        });
        context.informers()
                .watch(
                        Node.class,
                        node -> context.informers().list(Pod.class).stream()
                                .filter(Scheduler::isWaiting)
                                .forEach(pod -> queue.add(ObjectKey.of(pod))));
    }

    private static boolean isWaiting(Pod pod) {
        return pod.getSpec().getNodeName() == null && !Pods.isTerminating(pod) && !Pods.isFinished(pod);
    }

    private void reconcile(ObjectKey key) {
        var pod = context.client()
                .pods()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (pod == null || !isWaiting(pod)) {
            return;
        }
        var node = context.informers().list(Node.class).stream()
                .filter(Scheduler::isReady)
                .findFirst();
        if (node.isEmpty()) {
            events.warning(pod, "FailedScheduling", "no nodes available to schedule pods");
            return;
        }
        var name = node.get().getMetadata().getName();
        try {
            bind(pod, name);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != ControllerContext.HTTP_NOT_FOUND
                    && refused.getCode() != ControllerContext.HTTP_CONFLICT) {
                throw refused;
            }
            return;
        }
        events.normal(pod, "Scheduled", "Successfully assigned %s to %s".formatted(key, name));
    }

    private void bind(Pod pod, String node) {
        var metadata = pod.getMetadata();
        Binding binding = new BindingBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        var path = "/api/v1/namespaces/%s/pods/%s/binding".formatted(metadata.getNamespace(), metadata.getName());
        context.client().raw(path, "POST", binding);
    }

    private static boolean isReady(Node node) {
        return !Boolean.TRUE.equals(
                        node.getSpec() == null ? null : node.getSpec().getUnschedulable())
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        queue.close();
    }
}
