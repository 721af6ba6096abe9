package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.checkout.CommandRunner;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.kubernetes.Kubectl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The replica of every system, on this machine. */
final class EmbeddedEnvironment implements OpenEnvironment {
    private final EnvironmentFile file;
    private final Redactor redactor;
    private final Replica replica;
    private final CommandRunner runner;
    private final OfferedSystems offered;
    private final MonitoringAccess monitoring;
    private final Map<String, Runnable> healings;

    private EmbeddedEnvironment(
            EnvironmentFile file,
            Redactor redactor,
            Replica replica,
            CommandRunner runner,
            OfferedSystems offered,
            MonitoringAccess monitoring,
            Map<String, Runnable> healings) {
        this.file = file;
        this.redactor = redactor;
        this.healings = Map.copyOf(healings);
        this.replica = replica;
        this.runner = runner;
        this.offered = offered;
        this.monitoring = monitoring;
    }

    static EmbeddedEnvironment open(
            EnvironmentFile file,
            DatabaseExpectations expected,
            Redactor redactor,
            Progress progress,
            List<String> faults,
            Needed needs) {
        var replica = new Replica(HomeFolder.replica(), file.speed(), file.settings());
        try {
            progress.phase("start PostgreSQL", replica::startDatabase);
            progress.phase("prepare the runtime", replica::prepareRuntime);
            replica.secrets().confidential().values().forEach(redactor::hide);
            progress.phase("start the control plane", replica::startControlPlane);
            progress.phase("start Kubernetes", replica::startCluster);
            replica.prepareMonitoring(MonitoringAccess.assets(), file.alertSpeed());
            progress.run("start the runtime pods", () -> replica.awaitReady(progress::say));
            progress.run("run the post-deploy gate", () -> replica.runGate(progress::say));
            if (file.load() && needs.showsOnlyUnderTraffic()) {
                progress.run("begin ordinary traffic", replica::startLoad);
            }
            // Before any fault: its migration would mend a database that a fault left behind.
            if (file.systems().cloudRun() != null && needs.systems().contains(SystemName.CLOUD_RUN)) {
                progress.phase("deploy and migrate on Cloud Run", replica::cloudRun);
            }
            var healings = new HashMap<String, Runnable>();
            for (var fault : faults) {
                progress.phase("put in the fault " + fault, () -> Faults.inject(fault, replica))
                        .ifPresent(healing -> healings.put(fault, healing));
            }
            for (var fault : faults) {
                progress.run("wait until the fault " + fault + " shows", () -> Faults.awaitShown(fault, replica));
            }
            var runner = new CommandRunner(redactor::redact, progress::say);
            var monitoring = new MonitoringAccess(replica, progress::say);
            var offered = offered(file, expected, needs, replica, runner);
            monitoring.offer(file.systems(), offered);
            return new EmbeddedEnvironment(file, redactor, replica, runner, offered, monitoring, healings);
        } catch (RuntimeException e) {
            replica.close();
            throw new EnvironmentFailure("environment '" + file.name() + "' could not be opened: " + e.getMessage(), e);
        }
    }

    private static OfferedSystems offered(
            EnvironmentFile file, DatabaseExpectations expected, Needed needs, Replica replica, CommandRunner runner) {
        var offered = new OfferedSystems(file.name(), needs.systems());
        var systems = file.systems();
        if (systems.kubernetes() != null) {
            // The replica is gone when the finding is read; 'runbook up' sets KUBECONFIG for the same command.
            var kubectl = new Kubectl("", replica.cluster().namespace());
            offered.offerKubernetes(KubernetesAccess.to(replica.cluster().client(), kubectl));
        }
        if (systems.database() != null) {
            offered.offerDatabase(EmbeddedAccess.database(replica), expected);
        }
        if (systems.runtime() != null) {
            offered.offerRuntime(EmbeddedAccess.runtime(replica));
        }
        if (systems.sync() != null) {
            offered.offerSync(EmbeddedAccess.sync(replica));
        }
        if (systems.controlPlane() != null) {
            offered.offerControlPlane(EmbeddedAccess.controlPlane(replica));
        }
        if (systems.checkout() != null) {
            offered.offerCheckout(() -> EmbeddedAccess.checkout(replica.checkout()), "the replica's", runner);
        }
        if (systems.cloudRun() != null) {
            offered.offerCloudRun(() -> EmbeddedAccess.cloudRun(replica.cloudRun()));
        }
        return offered;
    }

    @Override
    public Ground ground() {
        return new Ground(
                file.name(),
                replica.cluster().client(),
                new Kubectl("", replica.cluster().namespace()),
                Optional.of(new PostgresHands(EmbeddedAccess.database(replica), DatabaseExpectations.defaults())),
                Optional.of(new EmbeddedOperator(replica)),
                HomeFolder.journals(),
                HomeFolder.gate(),
                redactor::redact);
    }

    @Override
    public Clients clients() {
        return LoadedClients.begin(replica.loadTarget(), file.drillClients());
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
        var database = replica.database();
        var lines = new ArrayList<>(monitoring.lines());
        lines.addAll(List.of(
                "export KUBECONFIG=" + replica.cluster().kubeconfig().toAbsolutePath(),
                "export NAMESPACE=" + replica.cluster().namespace(),
                "export BASE_URL=" + replica.cluster().serviceUri("runtime", "http"),
                // The documented password of a development machine (contract 15.1).
                "export JDBC_URL='" + database.jdbcUrl(DatabaseReplica.DEV) + "?user=postgres&password=postgres'",
                "export PSQL_URL=postgresql://postgres:postgres@" + database.host() + ":" + database.port() + "/"
                        + DatabaseReplica.DEV,
                "export CONTROL_PLANE_URL=" + replica.controlPlane().uri(),
                "export API_TOKEN=" + replica.secrets().apiToken(),
                "export CHECKOUT=" + replica.checkout().folder(),
                "",
                "kubectl -n $NAMESPACE get pods -l app=runtime",
                "kubectl -n $NAMESPACE get hpa runtime",
                "kubectl -n $NAMESPACE get job runtime-smoke",
                "curl $BASE_URL/internal/v1/health",
                "psql $PSQL_URL",
                "cd $CHECKOUT/apps/runtime && ../../bin/mix runtime.contract.check"));
        return lines;
    }

    @Override
    public void heal(List<String> faults) {
        faults.forEach(fault -> healings.get(fault).run());
    }

    @Override
    public void close() {
        runner.close();
        replica.close();
    }
}
