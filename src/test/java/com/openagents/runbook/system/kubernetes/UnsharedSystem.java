package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.EvidenceLog;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A cluster that is asked anew each time, for tests that change what it answers. */
public final class UnsharedSystem {
    private UnsharedSystem() {}

    public static KubernetesSystem of(KubernetesClient client, String namespace, EvidenceLog evidence) {
        return new KubernetesSystem(
                client, new Kubectl("", namespace), new Silence(client, namespace), SharedReads.none(), evidence);
    }
}
