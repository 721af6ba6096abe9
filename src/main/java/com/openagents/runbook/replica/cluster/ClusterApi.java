package com.openagents.runbook.replica.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** The API server under the cluster: how to reach it, and how to end it. */
interface ClusterApi extends AutoCloseable {

    /** A client with all rights, for the parts of the cluster itself. */
    KubernetesClient client();

    Path kubeconfig();

    @Override
    void close();
}
