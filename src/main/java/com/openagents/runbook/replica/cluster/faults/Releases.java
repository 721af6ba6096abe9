package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;

/** Deploys another release in full: image, rollout, gate. */
final class Releases {
    private Releases() {}

    static void rollOut(Objects objects, String image) {
        var cluster = objects.cluster();
        cluster.images().add(image, cluster.options().images().get(ClusterReplica.IMAGE));
        objects.editSet(set -> set.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec());
        objects.await(
                "the release to be rolled out",
                () -> objects.isRolledOut()
                        && objects.pods().stream()
                                .allMatch(pod -> image.equals(
                                        pod.getSpec().getContainers().get(0).getImage())));
        objects.runGate();
    }
}
