package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.kubernetes.GrantedRules;
import com.openagents.runbook.system.kubernetes.Permission;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.stream.Collectors;

/** What a namespace does not grant us, as its API server says when it is asked. */
final class MissingPermissions {
    private final KubernetesClient client;
    private final String namespace;
    private final Silence silence;

    MissingPermissions(KubernetesClient client, String namespace, Silence silence) {
        this.client = client;
        this.namespace = namespace;
        this.silence = silence;
    }

    /**
     * Asks once which permissions we have, and by itself for each that is not among them. Where that cannot be asked, nothing
     * is known to be missing: whoever needs it is told when it is used.
     */
    Set<String> of(Set<Right> rights) {
        try {
            var granted = granted();
            var asked = rights.stream()
                    .flatMap(right -> right.permissions().stream())
                    .distinct()
                    .filter(words -> !granted.cover(Permission.of(words)))
                    .collect(Collectors.toMap(words -> words, words -> new Aside<>(() -> isGranted(words))));
            return asked.keySet().stream()
                    .filter(words -> !asked.get(words).get())
                    .collect(Collectors.toSet());
        } catch (CouldNotCheck noAnswer) {
            return Set.of();
        }
    }

    /** Whoever may not ask that may still ask for each permission. */
    private GrantedRules granted() {
        try {
            return silence.ask("create selfsubjectrulesreviews", () -> GrantedRules.ask(client, namespace));
        } catch (CouldNotCheck noAnswer) {
            return GrantedRules.none();
        }
    }

    private boolean isGranted(String permission) {
        return silence.ask(
                "create selfsubjectaccessreviews",
                () -> Permission.of(permission).isGranted(client, namespace));
    }
}
