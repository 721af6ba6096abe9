package com.openagents.runbook.safety;

import com.openagents.runbook.system.kubernetes.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A namespace to change, without a database and without people who act. */
final class BareGround {
    private BareGround() {}

    /** @param folder of the journals and of the gate's manifests */
    static Ground of(KubernetesClient client, String namespace, Path folder) {
        return of(client, namespace, folder, UnaryOperator.identity());
    }

    /** @param redaction of what is said */
    static Ground of(KubernetesClient client, String namespace, Path folder, UnaryOperator<String> redaction) {
        return new Ground(
                "staging",
                client,
                new Kubectl("", namespace),
                Optional.empty(),
                Optional.empty(),
                folder,
                folder,
                redaction);
    }
}
