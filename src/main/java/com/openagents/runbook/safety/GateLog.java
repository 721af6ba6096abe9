package com.openagents.runbook.safety;

import com.openagents.runbook.system.kubernetes.JobPods;
import com.openagents.runbook.system.kubernetes.KeyLines;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.stream.Stream;

/** What the pods of a Job say: their log, and why one does not even start. */
final class GateLog {
    private static final int LINES = 40;

    private final KubernetesClient client;
    private final String namespace;

    GateLog(Ground ground) {
        client = ground.client();
        namespace = ground.namespace();
    }

    /** Why its newest pod will not start by itself; empty if there is no such reason. */
    String cannotStart(Job job) {
        return pods(job)
                .flatMap(pod -> Hopeless.reason(pod).stream())
                .findFirst()
                .orElse("");
    }

    /** The last lines that its newest pod wrote; empty if no pod of it is left. */
    String tail(Job job) {
        return pods(job)
                .map(pod -> {
                    try {
                        var text =
                                client.pods().resource(pod).tailingLines(LINES).getLog();
                        return String.join("\n", KeyLines.leftOut(text.lines().toList()));
                    } catch (KubernetesClientException wroteNothing) {
                        return "";
                    }
                })
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private Stream<Pod> pods(Job job) {
        var pods =
                new ArrayList<>(JobPods.of(client, namespace, job.getMetadata().getName()));
        Collections.reverse(pods);
        return pods.stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(
                                owner -> owner.getUid().equals(job.getMetadata().getUid())));
    }
}
