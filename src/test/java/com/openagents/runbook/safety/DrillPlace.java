package com.openagents.runbook.safety;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The cluster that drills are killed on: the replica's, or a real one where the environment names it. Namespaces in a real
 * one are removed at the end.
 *
 * @param shell an image with a shell that the cluster can run
 */
record DrillPlace(KubernetesClient client, Path kubeconfig, String shell, boolean real) {

    static DrillPlace chosen(SharedCluster.Lab lab) throws IOException {
        var kubeconfig = System.getenv("RUNBOOK_REAL_KUBECONFIG");
        if (kubeconfig == null) {
            return new DrillPlace(lab.cluster().client(), lab.cluster().kubeconfig(), SharedCluster.SHELL, false);
        }
        var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(Path.of(kubeconfig))))
                .build();
        return new DrillPlace(client, Path.of(kubeconfig), System.getenv("RUNBOOK_REAL_SHELL"), true);
    }

    void create(String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    void remove(String namespace) {
        if (real) {
            client.namespaces().withName(namespace).delete();
        }
    }
}
