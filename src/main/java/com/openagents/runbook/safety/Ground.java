package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.kubernetes.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a drill may change something.
 *
 * @param environment the environment's name
 * @param kubectl writes the commands that people may paste
 * @param database does what drills do to the database; empty if the environment offers no database
 * @param journals the folder of the undo journals on this machine
 * @param gate the folder with the manifests of the post-deploy gate
 */
public record Ground(
        String environment,
        KubernetesClient client,
        Kubectl kubectl,
        Optional<DatabaseHands> database,
        Path journals,
        Path gate) {
    public String namespace() {
        return kubectl.namespace();
    }

    /** @throws CouldNotCheck if the environment offers none */
    DatabaseHands hands() {
        return database.orElseThrow(() -> new CouldNotCheck("environment '" + environment
                + "' offers no database, so nothing can be done to it: add systems.database to its file"));
    }
}
