package com.openagents.runbook.environment;

import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.kubernetes.LeastRole;
import com.openagents.runbook.system.kubernetes.Permission;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The account with the least that whoever runs the runbook in an environment must be allowed. */
final class LeastAccount {
    private LeastAccount() {}

    /** @throws EnvironmentProblem if the environment has no cluster */
    static List<HasMetadata> of(EnvironmentFile file, Needed needs) {
        var cluster = Optional.ofNullable(file.systems().kubernetes())
                .orElseThrow(() -> new EnvironmentProblem(
                        "environment '" + file.name() + "' has no systems.kubernetes, so there is nothing to grant"));
        return new LeastRole(cluster.namespace(), needs.allRights(), waysTo(file, needs, cluster)).objects();
    }

    /** What it takes to reach these systems through the cluster. */
    private static List<Permission> waysTo(EnvironmentFile file, Needed needs, EnvironmentFile.Kubernetes cluster) {
        var systems = needs.systems();
        var words = new ArrayList<String>();
        boolean asksPods = systems.contains(SystemName.RUNTIME) || systems.contains(SystemName.SYNC);
        if (asksPods && cluster.pods() != null) {
            words.addAll(
                    PodAddresses.permissions(cluster.pods(), needs.allRights().contains(Right.POST_TO_PODS)));
        }
        if (file.readsSecretsOf(cluster.namespace(), systems)) {
            words.add("get secrets");
        }
        return words.stream().map(Permission::of).toList();
    }
}
