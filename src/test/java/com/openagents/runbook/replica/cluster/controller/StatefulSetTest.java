package com.openagents.runbook.replica.cluster.controller;

import static com.openagents.runbook.replica.cluster.SharedCluster.SHELL;
import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class StatefulSetTest {
    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void use(SharedCluster.Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
    }

    @Test
    void makes_numbered_pods_that_know_their_place() {
        create("Parallel", 2);
        await("pods", () -> isSettled(2));

        var pod = pods().get(1);
        assertThat(pods()).extracting(each -> each.getMetadata().getName()).containsExactly("web-0", "web-1");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("statefulset.kubernetes.io/pod-name", "web-1")
                .containsEntry("apps.kubernetes.io/pod-index", "1")
                .containsEntry("controller-revision-hash", get().getStatus().getUpdateRevision());
        assertThat(pod.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner ->
                        assertThat(owner.getUid()).isEqualTo(get().getMetadata().getUid()));
        assertThat(pod.getSpec().getHostname()).isEqualTo("web-1");
        assertThat(get().getStatus().getAvailableReplicas()).isEqualTo(2);
        assertThat(get().getStatus().getCollisionCount()).isZero();
        await("events", () -> messages("SuccessfulCreate").size() == 2);
        assertThat(messages("SuccessfulCreate")).contains("create Pod web-1 in StatefulSet web successful");
    }

    @Test
    void ordered_sets_make_and_remove_one_pod_after_another() {
        create("OrderedReady", 3);
        await("pods", () -> isSettled(3));

        var created = pods().stream().map(pod -> pod.getStatus().getStartTime()).toList();
        assertThat(created).isSorted();

        scale(1);
        await("one left", () -> isSettled(1));
        assertThat(pods()).extracting(pod -> pod.getMetadata().getName()).containsExactly("web-0");
    }

    @Test
    void makes_a_deleted_pod_again() {
        create("Parallel", 2);
        await("pods", () -> isSettled(2));
        var before = uid("web-1");

        client.pods().inNamespace(namespace).withName("web-1").delete();

        await("new pod", () -> isSettled(2) && isReplaced("web-1", before));
        assertThat(uid("web-0")).isNotEmpty();
    }

    @Test
    void rolls_a_new_template_out_from_the_highest_number_down_and_back_again() {
        create("Parallel", 2);
        await("pods", () -> isSettled(2));
        var first = get().getStatus().getCurrentRevision();

        edit(set -> set.editSpec()
                .editTemplate()
                .editMetadata()
                .addToAnnotations("note", "second")
                .endMetadata()
                .endTemplate()
                .endSpec());
        await(
                "rollout",
                () -> isRolledOut() && !get().getStatus().getCurrentRevision().equals(first));

        var starts = pods().stream().map(pod -> pod.getStatus().getStartTime()).toList();
        assertThat(starts.get(1)).isLessThanOrEqualTo(starts.get(0));
        assertThat(revisions()).extracting(ControllerRevision::getRevision).containsExactly(1L, 2L);

        edit(set -> set.editSpec()
                .editTemplate()
                .editMetadata()
                .removeFromAnnotations("note")
                .endMetadata()
                .endTemplate()
                .endSpec());
        await(
                "undo",
                () -> isRolledOut() && get().getStatus().getCurrentRevision().equals(first));
        assertThat(revisions())
                .filteredOn(revision -> revision.getMetadata().getName().equals(first))
                .extracting(ControllerRevision::getRevision)
                .containsExactly(3L);
    }

    @Test
    void a_partition_keeps_lower_numbers_on_the_old_revision() {
        create("Parallel", 2);
        await("pods", () -> isSettled(2));
        var old = get().getStatus().getCurrentRevision();

        edit(set -> set.editSpec()
                .editOrNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(1)
                .endRollingUpdate()
                .endUpdateStrategy()
                .editTemplate()
                .editMetadata()
                .addToAnnotations("note", "second")
                .endMetadata()
                .endTemplate()
                .endSpec());
        await(
                "half a rollout",
                () -> isSettled(2)
                        && !revision("web-1").isEmpty()
                        && !revision("web-1").equals(old));

        assertThat(revision("web-0")).isEqualTo(old);
        var before = uid("web-0");
        client.pods().inNamespace(namespace).withName("web-0").delete();
        await("web-0 again", () -> isSettled(2) && isReplaced("web-0", before));
        assertThat(revision("web-0")).isEqualTo(old);
        assertThat(get().getStatus().getCurrentRevision()).isEqualTo(old);
        await(
                "both revisions in the status",
                () -> Integer.valueOf(1).equals(get().getStatus().getCurrentReplicas())
                        && Integer.valueOf(1).equals(get().getStatus().getUpdatedReplicas()));
    }

    @Test
    void keeps_no_more_old_revisions_than_it_may() {
        create("Parallel", 1);
        edit(set -> set.editSpec().withRevisionHistoryLimit(1).endSpec());
        for (var note : List.of("a", "b", "c")) {
            edit(set -> set.editSpec()
                    .editTemplate()
                    .editMetadata()
                    .addToAnnotations("note", note)
                    .endMetadata()
                    .endTemplate()
                    .endSpec());
            await("rollout of " + note, () -> isRolledOut() && pods().stream().anyMatch(pod -> hasNote(pod, note)));
        }

        await("truncation", () -> revisions().size() == 2);
    }

    @Test
    void its_pods_and_revisions_go_with_it() {
        create("Parallel", 2);
        await("pods", () -> isSettled(2));

        at().delete();

        await("nothing left", () -> pods().isEmpty() && revisions().isEmpty());
    }

    private void create(String management, int replicas) {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withServiceName("web")
                        .withReplicas(replicas)
                        .withPodManagementPolicy(management)
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "web")
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

    private RollableScalableResource<StatefulSet> at() {
        return client.apps().statefulSets().inNamespace(namespace).withName("web");
    }

    private StatefulSet get() {
        return at().get();
    }

    private void scale(int replicas) {
        edit(set -> set.editSpec().withReplicas(replicas).endSpec());
    }

    private void edit(UnaryOperator<StatefulSetBuilder> change) {
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                at().edit(set -> change.apply(new StatefulSetBuilder(set)).build());
                return;
            } catch (io.fabric8.kubernetes.client.KubernetesClientException conflict) {
                assertThat(conflict.getCode()).isEqualTo(409);
            }
        }
    }

    private boolean isSettled(int replicas) {
        var status = get().getStatus();
        return status != null
                && Integer.valueOf(replicas).equals(status.getReplicas())
                && Integer.valueOf(replicas).equals(status.getReadyReplicas())
                && pods().size() == replicas
                && get().getMetadata().getGeneration().equals(status.getObservedGeneration());
    }

    private boolean isRolledOut() {
        var status = get().getStatus();
        return isSettled(get().getSpec().getReplicas())
                && status.getCurrentRevision().equals(status.getUpdateRevision());
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /** The uid of a pod, or nothing while there is none. */
    private String uid(String pod) {
        var there = client.pods().inNamespace(namespace).withName(pod).get();
        return there == null ? "" : there.getMetadata().getUid();
    }

    private boolean isReplaced(String pod, String before) {
        var uid = uid(pod);
        return !uid.isEmpty() && !uid.equals(before);
    }

    private String revision(String pod) {
        var there = client.pods().inNamespace(namespace).withName(pod).get();
        return there == null ? "" : StatefulPods.revision(there);
    }

    private static boolean hasNote(Pod pod, String note) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations != null && note.equals(annotations.get("note"));
    }

    private List<ControllerRevision> revisions() {
        return client.apps().controllerRevisions().inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(ControllerRevision::getRevision))
                .toList();
    }

    private List<String> messages(String reason) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .map(Event::getMessage)
                .toList();
    }
}
