package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.Traffic;
import com.openagents.runbook.replica.containers.ContainerEngine;
import com.openagents.runbook.replica.containers.ContainerReplica;
import com.openagents.runbook.replica.containers.EngineFailure;
import com.openagents.runbook.replica.containers.ReachableReplica;
import com.openagents.runbook.replica.containers.ReplicaSessions;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The replica in containers: they are started, and from then on asked as any environment that exists already. */
final class ContainersEnvironment implements OpenEnvironment {
    private final ReachableReplica replica;
    private final LiveEnvironment live;
    private final Optional<Traffic> traffic;
    private final Runnable atEnd;

    private ContainersEnvironment(
            ReachableReplica replica, LiveEnvironment live, Optional<Traffic> traffic, Runnable atEnd) {
        this.replica = replica;
        this.live = live;
        this.traffic = traffic;
        this.atEnd = atEnd;
    }

    /**
     * One of its own, or the kept one where the file says so.
     *
     * @throws EnvironmentProblem if no Docker engine answers, it lacks an image that it may not fetch, or what is kept
     *     is another one
     */
    static ContainersEnvironment open(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress, Needed needs) {
        var kept = prepared(file, progress);
        var found = file.reuses() ? kept.find(progress) : Optional.<ReachableReplica>empty();
        return found.map(replica -> opened(
                        file,
                        () -> {
                            replica.secrets().confidential().values().forEach(redactor::hide);
                            var live = live(file, replica, expected, redactor, progress, needs);
                            return new ContainersEnvironment(replica, live, Optional.empty(), () -> {});
                        },
                        replica))
                .orElseGet(() -> started(file, expected, redactor, progress, needs, one -> {}, () -> {}));
    }

    /**
     * One of its own, which others may use until it is closed.
     *
     * @throws EnvironmentProblem as {@link #open}, and if another process keeps one already
     */
    static ContainersEnvironment keep(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress) {
        var kept = prepared(file, progress);
        kept.expectNone();
        return started(file, expected, redactor, progress, Needed.everything(), kept::keep, kept::release);
    }

    /** Removes what this process has in the engine, also where it is interrupted while it opens. */
    static void abandon() {
        new ReplicaSessions(KeptContainers.cache()).abandon();
    }

    private static KeptContainers prepared(EnvironmentFile file, Progress progress) {
        if (!ContainerEngine.answers()) {
            throw new EnvironmentProblem("environment '" + file.name() + "' needs a Docker engine, and "
                    + ContainerEngine.silence() + "; the environment 'embedded' needs none");
        }
        var absent = ContainerAccess.images(file).absent();
        if (!absent.isEmpty()) {
            throw new EnvironmentProblem("the Docker engine does not have " + String.join(", ", absent)
                    + ", and containers.pull: never keeps it from fetching: load them with 'docker load', or name others"
                    + " under containers.images");
        }
        var kept = new KeptContainers(file);
        kept.removeLeft(progress);
        return kept;
    }

    private static ContainersEnvironment started(
            EnvironmentFile file,
            DatabaseExpectations expected,
            Redactor redactor,
            Progress progress,
            Needed needs,
            Consumer<ContainerReplica> ready,
            Runnable atEnd) {
        var replica = new ContainerReplica(
                ContainerAccess.images(file),
                file.systems().kubernetes().namespace(),
                KeptContainers.cache(),
                file.settings());
        return opened(
                file,
                () -> {
                    start(replica, file, redactor, progress);
                    var live = live(file, replica, expected, redactor, progress, needs);
                    try {
                        runGate(live, replica.image(), progress);
                        var traffic = traffic(live, file, progress, needs);
                        ready.accept(replica);
                        replica.holdTogether();
                        return new ContainersEnvironment(replica, live, traffic, atEnd);
                    } catch (RuntimeException e) {
                        live.close();
                        throw e;
                    }
                },
                replica);
    }

    private static ContainersEnvironment opened(
            EnvironmentFile file, Supplier<ContainersEnvironment> opening, ReachableReplica replica) {
        try {
            return opening.get();
        } catch (RuntimeException e) {
            replica.close();
            throw new EnvironmentFailure(
                    "environment '" + file.name() + "' could not be opened: "
                            + EngineFailure.words(e).orElseGet(() -> reason(e)),
                    e);
        }
    }

    private static LiveEnvironment live(
            EnvironmentFile file,
            ReachableReplica replica,
            DatabaseExpectations expected,
            Redactor redactor,
            Progress progress,
            Needed needs) {
        var there = file.live(ContainerAccess.systems(file.systems(), replica));
        var live = LiveEnvironment.open(there, expected, redactor, progress, needs);
        offerMore(live, file.systems(), replica, progress, needs);
        return live;
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
                                () -> replica.startMonitoring(MonitoringAccess.assets(), file.alertSpeed())),
                        ContainerAccess.startsGrafana(file)
                                ? begin(
                                        progress,
                                        "start Grafana in a container",
                                        () -> replica.startGrafana(MonitoringAccess.dashboardFile()))
                                : CompletableFuture.completedFuture(null))
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
            ReachableReplica replica,
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
                "export KUBECONFIG="
                        + replica.work().resolve(ContainerReplica.KUBECONFIG).toAbsolutePath(),
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
        atEnd.run();
        try (replica;
                live) {
            traffic.ifPresent(Traffic::close);
        }
    }
}
