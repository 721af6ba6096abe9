package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.OpenedParts;
import com.openagents.runbook.replica.containers.ContainerReplica;
import com.openagents.runbook.replica.containers.ReachableReplica;
import com.openagents.runbook.replica.containers.ReplicaSessions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Preflight;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The replica in containers: they are started, and from then on asked as any environment that exists already. */
final class ContainersEnvironment implements OpenEnvironment {
    private final ReachableReplica replica;
    private final LiveEnvironment live;
    private final OpenedParts parts;

    /** @param parts all that it consists of */
    ContainersEnvironment(ReachableReplica replica, LiveEnvironment live, OpenedParts parts) {
        this.replica = replica;
        this.live = live;
        this.parts = parts;
    }

    /**
     * One of its own, or the kept one where the file says so.
     *
     * @throws EnvironmentProblem if no Docker engine answers, it lacks an image that it may not fetch, or what is kept
     *     is another one
     * @throws EnvironmentFailure if the engine refuses, or the replica does not start
     */
    static ContainersEnvironment open(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress, Needed needs) {
        return new ContainersStart(file, expected, redactor, progress, needs).open();
    }

    /**
     * One of its own, which others may use until it is closed.
     *
     * @throws EnvironmentProblem as {@link #open}, and if another process keeps one already
     * @throws EnvironmentFailure as {@link #open}
     */
    static ContainersEnvironment keep(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress) {
        return new ContainersStart(file, expected, redactor, progress, Needed.everything()).keep();
    }

    /** Removes what this process has in the engine, also where it is interrupted while it opens. */
    static void abandon() {
        new ReplicaSessions(KeptContainers.cache()).abandon();
    }

    @Override
    public Systems systems(EvidenceLog evidence) {
        return live.systems(evidence);
    }

    @Override
    public List<Identity> identities() {
        return live.identities();
    }

    @Override
    public Preflight preflight(Map<String, Set<Right>> rights) {
        return live.preflight(rights);
    }

    @Override
    public Ground ground() {
        return live.ground().operatedBy(new ContainerOperator(replica.database()));
    }

    @Override
    public Clients clients() {
        return live.clients();
    }

    @Override
    public List<String> access() {
        var access = replica.access();
        var database = replica.database();
        return List.of(
                "export KUBECONFIG="
                        + replica.work().resolve(ContainerReplica.KUBECONFIG).toAbsolutePath(),
                "export NAMESPACE=" + live.ground().namespace(),
                "export PROMETHEUS_URL=" + access.prometheus(),
                "export ALERTMANAGER_URL=" + access.alertmanager(),
                "export CONTROL_PLANE_URL=" + access.controlPlane(),
                "export API_TOKEN=" + access.secrets().apiToken(),
                "export PSQL_URL=postgresql://postgres:" + database.password(DatabaseReplica.POSTGRES) + "@"
                        + database.host() + ":" + database.port() + "/" + DatabaseReplica.DEV,
                "",
                "kubectl -n $NAMESPACE get pods -l app=runtime",
                "kubectl -n $NAMESPACE get hpa runtime",
                "psql $PSQL_URL");
    }

    @Override
    public void close() {
        parts.close();
    }
}
