package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.Traffic;
import com.openagents.runbook.replica.containers.ContainerEngine;
import com.openagents.runbook.replica.containers.ContainerReplica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.safety.PostDeployGate;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Preflight;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The replica in containers: they are started, and from then on asked as any environment that exists already. */
final class ContainersEnvironment implements OpenEnvironment {
    private final ContainerReplica replica;
    private final LiveEnvironment live;
    private final Optional<Traffic> traffic;

    private ContainersEnvironment(ContainerReplica replica, LiveEnvironment live, Optional<Traffic> traffic) {
        this.replica = replica;
        this.live = live;
        this.traffic = traffic;
    }

    /** @throws EnvironmentProblem if no Docker engine answers */
    static ContainersEnvironment open(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress, Needed needs) {
        if (!ContainerEngine.answers()) {
            throw new EnvironmentProblem(
                    "environment '" + file.name() + "' needs a Docker engine, and none answers: start"
                            + " one or set DOCKER_HOST; the environment 'embedded' needs none");
        }
        ContainerReplica replica = null;
        LiveEnvironment live = null;
        try {
            replica = new ContainerReplica(
                    ContainerAccess.images(file),
                    file.systems().kubernetes().namespace(),
                    Environment.home().resolve("target").resolve("replica"),
                    file.settings());
            start(replica, file, redactor, progress);
            var there = file.live(ContainerAccess.systems(file.systems(), replica));
            live = LiveEnvironment.open(there, expected, redactor, progress, needs);
            runGate(live, replica.image(), progress);
            offerMore(live, file.systems(), replica, progress, needs);
            return new ContainersEnvironment(replica, live, traffic(live, file, progress, needs));
        } catch (RuntimeException e) {
            Optional.ofNullable(live).ifPresent(LiveEnvironment::close);
            Optional.ofNullable(replica).ifPresent(ContainerReplica::close);
            throw new EnvironmentFailure("environment '" + file.name() + "' could not be opened: " + reason(e), e);
        }
    }

    private static String reason(RuntimeException e) {
        var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return Stream.iterate(cause, one -> one != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .map(message -> message.lines().findFirst().orElseThrow())
                .distinct()
                .limit(3)
                .reduce((one, next) -> one + ": " + next)
                .orElse(cause.getClass().getSimpleName());
    }

    private static void start(ContainerReplica replica, EnvironmentFile file, Redactor redactor, Progress progress) {
        CompletableFuture.allOf(
                        begin(progress, "start PostgreSQL in a container", replica::startDatabase),
                        begin(progress, "start Kubernetes in a container", replica::startCluster),
                        begin(progress, "prepare the image of the runtime", replica::prepareImage))
                .join();
        progress.run("start the control plane", replica::startControlPlane);
        replica.secrets().confidential().values().forEach(redactor::hide);
        progress.run("start the runtime pods", replica::startRuntime);
        CompletableFuture.allOf(
                        begin(progress, "wait for the metrics of the autoscaler", replica::startMetrics),
                        begin(
                                progress,
                                "start Prometheus and Alertmanager in containers",
                                () -> replica.startMonitoring(MonitoringAccess.assets(), file.alertSpeed())))
                .join();
    }

    private static CompletableFuture<Void> begin(Progress progress, String what, Runnable work) {
        return CompletableFuture.runAsync(() -> progress.run(what, work));
    }

    private static void runGate(LiveEnvironment live, String image, Progress progress) {
        var result = progress.phase(
                "run the post-deploy gate", () -> new PostDeployGate(live.ground(), progress::say).run(image));
        if (!result.passed()) {
            throw new IllegalStateException("the gate of the healthy replica does not pass: " + result.words());
        }
    }

    /** The systems that are no containers; they are made when somebody asks them. */
    private static void offerMore(
            LiveEnvironment live,
            EnvironmentFile.Systems wanted,
            ContainerReplica replica,
            Progress progress,
            Needed needs) {
        if (wanted.checkout() != null && wanted.checkout().path() == null) {
            live.offered()
                    .offerCheckout(
                            () -> EmbeddedAccess.checkout(replica.standIns().checkout()),
                            "the replica's",
                            live.runner());
        }
        if (wanted.cloudRun() != null && wanted.cloudRun().project() == null) {
            if (needs.systems().contains(SystemName.CLOUD_RUN)) {
                progress.phase("deploy and migrate on Cloud Run", replica.standIns()::cloudRun);
            }
            live.offered()
                    .offerCloudRun(
                            () -> EmbeddedAccess.cloudRun(replica.standIns().cloudRun()));
        }
    }

    private static Optional<Traffic> traffic(
            LiveEnvironment live, EnvironmentFile file, Progress progress, Needed needs) {
        return file.load() && needs.showsOnlyUnderTraffic()
                ? Optional.of(progress.phase("begin ordinary traffic", () -> Traffic.ordinary(live.loadTarget())))
                : Optional.empty();
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
        var database = replica.database();
        return List.of(
                "export KUBECONFIG=" + replica.work().resolve("kubeconfig").toAbsolutePath(),
                "export NAMESPACE=" + live.ground().namespace(),
                "export PROMETHEUS_URL=" + replica.prometheus(),
                "export ALERTMANAGER_URL=" + replica.alertmanager(),
                "export CONTROL_PLANE_URL=" + replica.controlPlane(),
                "export API_TOKEN=" + replica.secrets().apiToken(),
                "export PSQL_URL=postgresql://postgres:" + database.password(DatabaseReplica.POSTGRES) + "@"
                        + database.host() + ":" + database.port() + "/" + DatabaseReplica.DEV,
                "",
                "kubectl -n $NAMESPACE get pods -l app=runtime",
                "kubectl -n $NAMESPACE get hpa runtime",
                "psql $PSQL_URL");
    }

    @Override
    public void close() {
        try (replica;
                live) {
            traffic.ifPresent(Traffic::close);
        }
    }
}
