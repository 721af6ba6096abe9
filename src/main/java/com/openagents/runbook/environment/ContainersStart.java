package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.OpenedParts;
import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.Traffic;
import com.openagents.runbook.replica.containers.ContainerEngine;
import com.openagents.runbook.replica.containers.ContainerReplica;
import com.openagents.runbook.replica.containers.EngineFailure;
import com.openagents.runbook.replica.containers.ReachableReplica;
import com.openagents.runbook.safety.PostDeployGate;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Starts the replica in containers, or finds the kept one. What fails half way leaves nothing behind. */
record ContainersStart(
        EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress, Needed needs) {

    /** As {@link ContainersEnvironment#open}. */
    ContainersEnvironment open() {
        return told(couldNotBeOpened(), () -> {
            var kept = prepared();
            var found = file.reuses() ? kept.find(progress) : Optional.<ReachableReplica>empty();
            return found.map(this::reused).orElseGet(() -> started(replica -> {}, () -> {}));
        });
    }

    /** As {@link ContainersEnvironment#keep}. */
    ContainersEnvironment keep() {
        return told(couldNotBeOpened(), () -> {
            var kept = prepared();
            kept.expectNone();
            return started(kept::keep, kept::release);
        });
    }

    /**
     * Does what asks the engine.
     *
     * @param problem what did not succeed if it refuses, as the beginning of a sentence
     * @throws EnvironmentFailure if it does not succeed, with what to do where that is known
     */
    static <T> T told(String problem, Supplier<T> work) {
        try {
            return work.get();
        } catch (EnvironmentProblem asItIs) {
            throw asItIs;
        } catch (RuntimeException e) {
            throw new EnvironmentFailure(problem + ": " + EngineFailure.words(e).orElseGet(() -> reason(e)), e);
        }
    }

    private String couldNotBeOpened() {
        return "environment '" + file.name() + "' could not be opened";
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

    private KeptContainers prepared() {
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

    private ContainersEnvironment reused(ReachableReplica replica) {
        return whole(parts -> {
            parts.add(replica);
            hideSecrets(replica.access().secrets());
            return new ContainersEnvironment(replica, live(replica, parts), parts);
        });
    }

    private ContainersEnvironment started(Consumer<ContainerReplica> ready, Runnable atEnd) {
        return whole(parts -> {
            var replica = parts.add(new ContainerReplica(
                    ContainerAccess.images(file),
                    file.systems().kubernetes().namespace(),
                    KeptContainers.cache(),
                    file.settings()));
            start(replica);
            var live = live(replica, parts);
            runGate(live, replica.access().image());
            beginTraffic(live, parts);
            ready.accept(replica);
            parts.add(atEnd::run);
            replica.holdTogether();
            return new ContainersEnvironment(replica, live, parts);
        });
    }

    private interface Opening {
        ContainersEnvironment with(OpenedParts parts);
    }

    private static ContainersEnvironment whole(Opening opening) {
        var parts = new OpenedParts("the replica");
        try {
            return opening.with(parts);
        } catch (RuntimeException e) {
            try {
                parts.close();
            } catch (IllegalStateException notClosed) {
                e.addSuppressed(notClosed);
            }
            throw e;
        }
    }

    private void hideSecrets(ReplicaSecrets secrets) {
        secrets.confidential().values().forEach(redactor::hide);
    }

    private LiveEnvironment live(ReachableReplica replica, OpenedParts parts) {
        var there = file.live(ContainerAccess.systems(file.systems(), replica));
        var live = parts.add(
                LiveEnvironment.open(there, expected, redactor, progress, needs, new ClusterAhead(there)::take));
        offerMore(live, replica);
        return live;
    }

    /** The systems that are no containers; they are made when somebody asks them. */
    private void offerMore(LiveEnvironment live, ReachableReplica replica) {
        var wanted = file.systems();
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

    private void start(ContainerReplica replica) {
        CompletableFuture.allOf(
                        begin("start PostgreSQL in a container", replica::startDatabase),
                        begin("start Kubernetes in a container", replica::startCluster),
                        begin("prepare the image of the runtime", replica::prepareImage))
                .join();
        progress.run("start the control plane", replica::startControlPlane);
        hideSecrets(replica.secrets());
        progress.run("start the runtime pods", replica::startRuntime);
        CompletableFuture.allOf(
                        begin("wait for the metrics of the autoscaler", replica::startMetrics),
                        begin(
                                "start Prometheus and Alertmanager in containers",
                                () -> replica.startMonitoring(MonitoringAccess.assets(), file.alertSpeed())),
                        ContainerAccess.startsGrafana(file)
                                ? begin(
                                        "start Grafana in a container",
                                        () -> replica.startGrafana(MonitoringAccess.dashboardFile()))
                                : CompletableFuture.completedFuture(null))
                .join();
    }

    private CompletableFuture<Void> begin(String what, Runnable work) {
        return CompletableFuture.runAsync(() -> progress.run(what, work));
    }

    private void runGate(LiveEnvironment live, String image) {
        var result = progress.phase(
                "run the post-deploy gate", () -> new PostDeployGate(live.ground(), progress::say).run(image));
        if (!result.passed()) {
            throw new IllegalStateException("the gate of the healthy replica does not pass: " + result.words());
        }
    }

    private void beginTraffic(LiveEnvironment live, OpenedParts parts) {
        if (file.load() && needs.showsOnlyUnderTraffic()) {
            parts.add(progress.phase("begin ordinary traffic", () -> Traffic.ordinary(live.loadTarget())));
        }
    }
}
