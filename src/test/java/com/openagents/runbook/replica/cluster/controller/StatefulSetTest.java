package com.openagents.runbook.replica.cluster.controller;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class StatefulSetTest {
    private KubernetesClient client;
    private String namespace;
    private WebSet web;

    @BeforeEach
    void use(SharedCluster.Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
        web = new WebSet(client, namespace);
    }

    @Test
    void makes_numbered_pods_that_know_their_place() {
        web.create("Parallel", 2);
        await("pods", () -> web.isSettled(2));

        var pod = web.pods().get(1);
        assertThat(web.pods()).extracting(each -> each.getMetadata().getName()).containsExactly("web-0", "web-1");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("statefulset.kubernetes.io/pod-name", "web-1")
                .containsEntry("apps.kubernetes.io/pod-index", "1")
                .containsEntry("controller-revision-hash", web.get().getStatus().getUpdateRevision());
        assertThat(pod.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(web.get().getMetadata().getUid()));
        assertThat(pod.getSpec().getHostname()).isEqualTo("web-1");
        assertThat(web.get().getStatus().getAvailableReplicas()).isEqualTo(2);
        assertThat(web.get().getStatus().getCollisionCount()).isZero();
        await("events", () -> messages("SuccessfulCreate").size() == 2);
        assertThat(messages("SuccessfulCreate")).contains("create Pod web-1 in StatefulSet web successful");
    }

    @Test
    void ordered_sets_make_and_remove_one_pod_after_another() {
        web.create("OrderedReady", 3);
        await("pods", () -> web.isSettled(3));

        var created =
                web.pods().stream().map(pod -> pod.getStatus().getStartTime()).toList();
        assertThat(created).isSorted();

        web.scale(1);
        await("one left", () -> web.isSettled(1));
        assertThat(web.pods()).extracting(pod -> pod.getMetadata().getName()).containsExactly("web-0");
    }

    @Test
    void makes_a_deleted_pod_again() {
        web.create("Parallel", 2);
        await("pods", () -> web.isSettled(2));
        var before = web.uid("web-1");

        client.pods().inNamespace(namespace).withName("web-1").delete();

        await("new pod", () -> web.isSettled(2) && web.isReplaced("web-1", before));
        assertThat(web.uid("web-0")).isNotEmpty();
    }

    @Test
    void rolls_a_new_template_out_from_the_highest_number_down_and_back_again() {
        web.create("Parallel", 2);
        await("pods", () -> web.isSettled(2));
        var first = web.get().getStatus().getCurrentRevision();

        web.edit(set -> set.editSpec()
                .editTemplate()
                .editMetadata()
                .addToAnnotations("note", "second")
                .endMetadata()
                .endTemplate()
                .endSpec());
        await(
                "rollout",
                () -> web.isRolledOut()
                        && !web.get().getStatus().getCurrentRevision().equals(first));

        var starts =
                web.pods().stream().map(pod -> pod.getStatus().getStartTime()).toList();
        assertThat(starts.get(1)).isLessThanOrEqualTo(starts.get(0));
        assertThat(web.revisions()).extracting(ControllerRevision::getRevision).containsExactly(1L, 2L);

        web.edit(set -> set.editSpec()
                .editTemplate()
                .editMetadata()
                .removeFromAnnotations("note")
                .endMetadata()
                .endTemplate()
                .endSpec());
        await(
                "undo",
                () -> web.isRolledOut()
                        && web.get().getStatus().getCurrentRevision().equals(first));
        assertThat(web.revisions())
                .filteredOn(revision -> revision.getMetadata().getName().equals(first))
                .extracting(ControllerRevision::getRevision)
                .containsExactly(3L);
    }

    @Test
    void a_partition_keeps_lower_numbers_on_the_old_revision() {
        web.create("Parallel", 2);
        await("pods", () -> web.isSettled(2));
        var old = web.get().getStatus().getCurrentRevision();

        web.edit(set -> set.editSpec()
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
                () -> web.isSettled(2)
                        && !web.revision("web-1").isEmpty()
                        && !web.revision("web-1").equals(old));

        assertThat(web.revision("web-0")).isEqualTo(old);
        var before = web.uid("web-0");
        client.pods().inNamespace(namespace).withName("web-0").delete();
        await("web-0 again", () -> web.isSettled(2) && web.isReplaced("web-0", before));
        assertThat(web.revision("web-0")).isEqualTo(old);
        assertThat(web.get().getStatus().getCurrentRevision()).isEqualTo(old);
        await(
                "both revisions in the status",
                () -> Integer.valueOf(1).equals(web.get().getStatus().getCurrentReplicas())
                        && Integer.valueOf(1).equals(web.get().getStatus().getUpdatedReplicas()));
    }

    @Test
    void keeps_no_more_old_revisions_than_it_may() {
        web.create("Parallel", 1);
        web.edit(set -> set.editSpec().withRevisionHistoryLimit(1).endSpec());
        for (var note : List.of("a", "b", "c")) {
            web.edit(set -> set.editSpec()
                    .editTemplate()
                    .editMetadata()
                    .addToAnnotations("note", note)
                    .endMetadata()
                    .endTemplate()
                    .endSpec());
            await(
                    "rollout of " + note,
                    () -> web.isRolledOut() && web.pods().stream().anyMatch(pod -> hasNote(pod, note)));
        }

        await("truncation", () -> web.revisions().size() == 2);
    }

    @Test
    void its_pods_and_revisions_go_with_it() {
        web.create("Parallel", 2);
        await("pods", () -> web.isSettled(2));

        web.at().delete();

        await("nothing left", () -> web.pods().isEmpty() && web.revisions().isEmpty());
    }

    private static boolean hasNote(Pod pod, String note) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations != null && note.equals(annotations.get("note"));
    }

    private List<String> messages(String reason) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .map(Event::getMessage)
                .toList();
    }
}
