package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes, names and removes the pods of StatefulSets, and tells it in events. */
final class StatefulPods {
    static final String REVISION = "controller-revision-hash";
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private final KubernetesClient client;
    private final Revisions revisions;
    private final Events.Recorder events;

    StatefulPods(KubernetesClient client, Revisions revisions, Events.Recorder events) {
        this.client = client;
        this.revisions = revisions;
        this.events = events;
    }

    List<Pod> of(StatefulSet set) {
        return client.pods().inNamespace(set.getMetadata().getNamespace()).list().getItems().stream()
                .filter(pod -> Pods.isControlledBy(pod, set) && ordinal(set, pod) >= 0)
                .toList();
    }

    static String revision(Pod pod) {
        return Pods.labels(pod).getOrDefault(REVISION, "");
    }

    /** The number at the end of the pod's name, or -1 if it is not a name of this set. */
    static int ordinal(StatefulSet set, Pod pod) {
        var name = pod.getMetadata().getName();
        var prefix = set.getMetadata().getName() + "-";
        if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("\\d{1,9}")) {
            return -1;
        }
        return Integer.parseInt(name.substring(prefix.length()));
    }

    static int start(StatefulSet set) {
        var ordinals = set.getSpec().getOrdinals();
        return ordinals == null ? 0 : Objects.requireNonNullElse(ordinals.getStart(), 0);
    }

    void create(StatefulSet set, int ordinal, ControllerRevision revision) {
        var name = set.getMetadata().getName() + "-" + ordinal;
        try {
            client.resource(newPod(set, name, ordinal, revision)).create();
            events.normal(
                    set,
                    "SuccessfulCreate",
                    "create Pod %s in StatefulSet %s successful"
                            .formatted(name, set.getMetadata().getName()));
        } catch (KubernetesClientException refused) {
            if (isAlreadyThere(refused)) {
                return;
            }
            var why = refused.getStatus() != null && refused.getStatus().getMessage() != null
                    ? refused.getStatus().getMessage()
                    : refused.getMessage();
            events.warning(
                    set,
                    "FailedCreate",
                    "create Pod %s in StatefulSet %s failed error: %s"
                            .formatted(name, set.getMetadata().getName(), why));
            throw refused;
        }
    }

    private static boolean isAlreadyThere(KubernetesClientException refused) {
        return refused.getCode() == ControllerContext.HTTP_CONFLICT
                && refused.getStatus() != null
                && "AlreadyExists".equals(refused.getStatus().getReason());
    }

    void delete(StatefulSet set, Pod pod) {
        client.resource(pod).delete();
        events.normal(
                set,
                "SuccessfulDelete",
                "delete Pod %s in StatefulSet %s successful"
                        .formatted(
                                pod.getMetadata().getName(), set.getMetadata().getName()));
    }

    void deleteFinished(StatefulSet set, Pod pod) {
        var failed = Pods.phase(pod).equals("Failed");
        events.warning(
                set,
                failed ? "RecreatingFailedPod" : "RecreatingTerminatedPod",
                "StatefulSet %s/%s is recreating %s Pod %s"
                        .formatted(
                                set.getMetadata().getNamespace(),
                                set.getMetadata().getName(),
                                failed ? "failed" : "terminated",
                                pod.getMetadata().getName()));
        delete(set, pod);
    }

    /** Puts back the labels that make the pod this member of the set. */
    void restoreIdentity(StatefulSet set, Pod pod) {
        var identity = identity(pod.getMetadata().getName(), ordinal(set, pod));
        if (Pods.labels(pod).entrySet().containsAll(identity.entrySet())) {
            return;
        }
        client.resource(pod)
                .edit(now -> new PodBuilder(now)
                        .editMetadata()
                        .addToLabels(identity)
                        .endMetadata()
                        .build());
    }

    private Pod newPod(StatefulSet set, String name, int ordinal, ControllerRevision revision) {
        var template = revisions.template(revision);
        var metadata = Objects.requireNonNullElseGet(template.getMetadata(), ObjectMeta::new);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withGenerateName(set.getMetadata().getName() + "-")
                .withNamespace(set.getMetadata().getNamespace())
                .withLabels(metadata.getLabels())
                .withAnnotations(metadata.getAnnotations())
                .addToLabels(identity(name, ordinal))
                .addToLabels(REVISION, revision.getMetadata().getName())
                .withOwnerReferences(Pods.ownedBy(set))
                .withFinalizers(metadata.getFinalizers())
                .endMetadata()
                .withNewSpecLike(template.getSpec())
                .withHostname(name)
                .withSubdomain(set.getSpec().getServiceName())
                .endSpec()
                .build();
    }

    private static Map<String, String> identity(String name, int ordinal) {
        var labels = new HashMap<String, String>();
        labels.put(POD_NAME, name);
        labels.put(POD_INDEX, String.valueOf(ordinal));
        return labels;
    }
}
