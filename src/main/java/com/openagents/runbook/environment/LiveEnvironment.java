package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Systems that exist already. Nothing is started; what is not configured is not offered. */
final class LiveEnvironment implements OpenEnvironment {
    private final String name;
    private final Optional<KubernetesAccess> kubernetes;

    private LiveEnvironment(String name, Optional<KubernetesAccess> kubernetes) {
        this.name = name;
        this.kubernetes = kubernetes;
    }

    static LiveEnvironment open(EnvironmentFile file, Redactor redactor, Progress progress) {
        var kubernetes = Optional.ofNullable(file.systems().kubernetes())
                .map(system -> progress.phase("read the kubeconfig", () -> KubernetesAccess.open(system)));
        return new LiveEnvironment(file.name(), kubernetes);
    }

    @Override
    public Systems systems(EvidenceLog evidence) {
        return new Systems() {
            @Override
            public KubernetesSystem kubernetes() {
                return kubernetes.orElseThrow(() -> notOffered("kubernetes")).system(evidence);
            }
        };
    }

    private CouldNotCheck notOffered(String system) {
        return new CouldNotCheck("environment '" + name + "' offers no " + system + ": add systems." + system
                + " to environments/" + name + ".yaml");
    }

    @Override
    public List<Identity> identities() {
        var identities = new ArrayList<Identity>();
        kubernetes.map(KubernetesAccess::identity).ifPresent(identities::add);
        return identities;
    }

    @Override
    public List<String> access() {
        return List.of();
    }

    @Override
    public void close() {
        kubernetes.ifPresent(KubernetesAccess::close);
    }
}
