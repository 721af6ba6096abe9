package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;

/** The pods that a Job has made, as far as they are still there. */
public final class JobPods {
    private JobPods() {}

    /**
     * Those of every Job that had this name, the newest last.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses or does not answer
     */
    public static List<Pod> of(KubernetesClient client, String namespace, String job) {
        return Pages.all(client.pods().inNamespace(namespace).withLabel("job-name", job)).stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList();
    }
}
