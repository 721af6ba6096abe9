package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import java.time.Instant;
import java.util.List;

/** What can make a rollback useless although all is healthy now. */
final class RollbackFaults {
    private RollbackFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(nothingBefore(), sameImageBefore(), partitionLeft());
    }

    private static Fault<ClusterReplica> nothingBefore() {
        return new ClusterFault(
                "no-release-to-go-back-to",
                "The revisions before the current one were deleted.",
                "the StatefulSet keeps no revision before the current one",
                objects -> {
                    var current = objects.set().getStatus().getUpdateRevision();
                    var revisions = objects.cluster().client().apps().controllerRevisions();
                    revisions.inNamespace(objects.namespace()).list().getItems().stream()
                            .filter(revision ->
                                    !revision.getMetadata().getName().equals(current))
                            .forEach(revision -> revisions.resource(revision).delete());
                },
                objects -> objects.cluster()
                                .client()
                                .apps()
                                .controllerRevisions()
                                .inNamespace(objects.namespace())
                                .list()
                                .getItems()
                                .size()
                        == 1);
    }

    private static Fault<ClusterReplica> sameImageBefore() {
        return new ClusterFault(
                "same-image-before",
                "The pods were restarted by the template since the release came, so the revision before has the same image"
                        + " (contract 18.1, A19).",
                "the revision before has the same image",
                objects -> {
                    objects.editSet(set -> set.editSpec()
                            .editTemplate()
                            .editOrNewMetadata()
                            .addToAnnotations(
                                    "openagents.io/restarted", Instant.now().toString())
                            .endMetadata()
                            .endTemplate()
                            .endSpec());
                    objects.await(
                            "the restart to be rolled out",
                            () -> objects.isRolledOut()
                                    && objects.pods().stream()
                                            .allMatch(pod -> pod.getMetadata().getAnnotations() != null
                                                    && pod.getMetadata()
                                                            .getAnnotations()
                                                            .containsKey("openagents.io/restarted")));
                    objects.runGate();
                },
                Objects::isRolledOut);
    }

    private static Fault<ClusterReplica> partitionLeft() {
        return new ClusterFault(
                "partition-left-behind",
                "The StatefulSet still has the partition of a canary; all pods run the newest release by now.",
                "an undo would not reach runtime-0",
                objects -> objects.editSet(set -> set.editSpec()
                        .editUpdateStrategy()
                        .withType("RollingUpdate")
                        .editOrNewRollingUpdate()
                        .withPartition(1)
                        .endRollingUpdate()
                        .endUpdateStrategy()
                        .endSpec()),
                Objects::isCalm);
    }
}
