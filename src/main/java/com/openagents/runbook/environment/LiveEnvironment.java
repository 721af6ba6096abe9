package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.util.List;
import java.util.Optional;

/** Systems that exist already. Nothing is started; what is not configured is not offered. */
final class LiveEnvironment implements OpenEnvironment {
    private final OfferedSystems offered;

    private LiveEnvironment(OfferedSystems offered) {
        this.offered = offered;
    }

    static LiveEnvironment open(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress) {
        var kubernetes = Optional.ofNullable(file.systems().kubernetes())
                .map(system -> progress.phase("read the kubeconfig", () -> KubernetesAccess.open(system)));
        var secrets = new SecretReference(redactor, System::getenv, () -> kubernetes.map(KubernetesAccess::client));
        var database = Optional.ofNullable(file.systems().database())
                .map(system -> new DatabaseConnection(
                        maintenanceDatabase(system.url()), system.user(), () -> secrets.resolve(system.password())));
        return new LiveEnvironment(new OfferedSystems(file.name(), kubernetes, database, expected));
    }

    /** Questions about the whole server are asked in the database that every server has. */
    private static String maintenanceDatabase(String url) {
        return url.endsWith("/") ? url + "postgres" : url;
    }

    @Override
    public Systems systems(EvidenceLog evidence) {
        return offered.systems(evidence);
    }

    @Override
    public List<Identity> identities() {
        return offered.identities();
    }

    @Override
    public List<String> access() {
        return List.of();
    }

    @Override
    public void close() {
        offered.kubernetes().ifPresent(KubernetesAccess::close);
    }
}
