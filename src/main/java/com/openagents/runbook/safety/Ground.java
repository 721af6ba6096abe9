package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.KubernetesRefusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where a drill may change something.
 *
 * @param environment the environment's name
 * @param kubectl writes the commands that people may paste
 * @param database does what drills do to the database; empty if the environment offers no database
 * @param operator does what only an operator of the other systems can; empty where the runbook may not
 * @param journals the folder of the undo journals on this machine
 * @param gate the folder with the manifests of the post-deploy gate
 * @param redaction masks secrets in what is kept of the logs of the gate
 */
public record Ground(
        String environment,
        KubernetesClient client,
        Kubectl kubectl,
        Optional<DatabaseHands> database,
        Optional<OperatorHands> operator,
        Path journals,
        Path gate,
        UnaryOperator<String> redaction) {
    /** The same where somebody operates what is beside the runtime. */
    public Ground operatedBy(OperatorHands hands) {
        return new Ground(environment, client, kubectl, database, Optional.of(hands), journals, gate, redaction);
    }

    public String namespace() {
        return kubectl.namespace();
    }

    /**
     * @param need the permissions that the work needs, for example {@code patch secrets}
     * @throws CouldNotCheck if the API server refuses or does not answer, with what to do about it
     */
    <T> T ask(String need, Supplier<T> work) {
        try {
            return work.get();
        } catch (KubernetesClientException e) {
            throw refusal(need, e);
        }
    }

    CouldNotCheck refusal(String need, KubernetesClientException e) {
        return KubernetesRefusal.reason(client.getConfiguration().getMasterUrl(), namespace(), need, e);
    }

    /** As {@link #ask}, and says why it could not be done. */
    Optional<String> attempt(String need, Runnable work) {
        try {
            return ask(need, () -> {
                work.run();
                return Optional.empty();
            });
        } catch (CouldNotCheck reason) {
            return Optional.of(reason.getMessage());
        }
    }

    /** @throws CouldNotCheck if only people can do it there */
    OperatorHands operated() {
        return operator.orElseThrow(() -> notOperated("anything"));
    }

    /** @param what a deed that the environment's file does not offer */
    CouldNotCheck notOperated(String what) {
        return new CouldNotCheck(
                "environment '" + environment + "' does not offer " + what
                        + " beside the runtime (drills.operator in its file), so only people can do it; the embedded replica drills it");
    }

    /** @throws CouldNotCheck if the environment offers none */
    DatabaseHands hands() {
        return database.orElseThrow(() -> new CouldNotCheck("environment '" + environment
                + "' offers no database, so nothing can be done to it: add systems.database to its file"));
    }
}
