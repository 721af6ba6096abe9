package com.openagents.runbook.replica;

import com.openagents.runbook.replica.checkout.CheckoutReplica;
import com.openagents.runbook.replica.cloudrun.CloudRunOptions;
import com.openagents.runbook.replica.cloudrun.CloudRunReplica;
import com.openagents.runbook.replica.cluster.ClusterOptions;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.controlplane.ControlPlaneReplica;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.load.LoadTarget;
import com.openagents.runbook.replica.monitoring.AlertRules;
import com.openagents.runbook.replica.monitoring.MonitoringOptions;
import com.openagents.runbook.replica.monitoring.MonitoringReplica;
import com.openagents.runbook.replica.provider.ProviderReplica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A healthy runtime on this machine: its database, its cluster with the staging deployment, its gate passed. */
public final class Replica implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration GATE_LIMIT = Duration.ofSeconds(60);

    /** The user of the replica's API token. */
    public static final long USER = 42;

    /** Who issues the sync tokens of this replica; the manifest of its pods says the same. */
    public static final String SYNC_ISSUER = "https://openagents-replica.test";

    private final OpenedParts parts = new OpenedParts("the replica");
    private final Path cache;
    private final double speed;
    private final Map<String, String> settings;
    private WorkFolder work;
    private ReplicaSecrets secrets;
    private DatabaseReplica database;
    private ControlPlaneReplica controlPlane;
    private ProviderReplica provider;
    private Traffic traffic;
    private RuntimeImage image;
    private ClusterReplica cluster;
    private CheckoutReplica checkout;
    private CloudRunReplica cloudRun;
    private MonitoringReplica monitoring;
    private Path wholeDashboard;
    private Path dashboard;

    /**
     * @param cache a folder for what is worth keeping between runs
     * @param speed how many times faster than published probes, back-off and the autoscaler pass
     * @param settings variables of every runtime process, for what the published service has as fixed settings
     */
    public Replica(Path cache, double speed, Map<String, String> settings) {
        this.cache = cache;
        this.speed = speed;
        this.settings = Map.copyOf(settings);
    }

    /** Starts PostgreSQL. */
    public DatabaseReplica startDatabase() {
        database = parts.add(DatabaseReplica.start(DatabaseOptions.defaults()));
        return database;
    }

    /** Prepares the runtime's program; this takes seconds the first time after a build, and nothing later. */
    public RuntimeImage prepareRuntime() {
        secrets = ReplicaSecrets.random(database.ectoUrl(DatabaseReplica.DEV));
        image = RuntimeImage.prepare(cache.resolve("programs"), secrets.runtime());
        return image;
    }

    /** Starts the control plane and the provider of the tools; the control plane signs with the key that the pods trust. */
    public ControlPlaneReplica startControlPlane() {
        provider = parts.add(ProviderReplica.start(secrets.provider()));
        controlPlane = parts.add(ControlPlaneReplica.start(
                secrets.ofControlPlane(SYNC_ISSUER, USER), work().resolve("control-plane.log")));
        return controlPlane;
    }

    /** Starts the Kubernetes API with its controllers and puts the runtime into it. */
    public ClusterReplica startCluster() {
        Yesterday.in(database);
        var local = new HashMap<>(settings);
        local.putAll(DeployedRuntime.beside(
                controlPlane.uri().toString(), provider.uri().toString()));
        try {
            cluster = parts.add(ClusterReplica.start(
                    new ClusterOptions(work(), Map.of(ClusterReplica.IMAGE, image), secrets.runtime(), local, speed)));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("the Kubernetes of the replica could not be started", e);
        }
    }

    /**
     * Prepares the monitoring of all that is there; it starts when somebody asks for it.
     *
     * @param assets the folder with the alert rules and the dashboard
     * @param alertSpeed how many times shorter the rules' windows are
     */
    public MonitoringReplica prepareMonitoring(Path assets, double alertSpeed) {
        var targets = new ScrapeTargets(
                cluster.client(),
                cluster.namespace(),
                ScrapeTargets::atItsAddress,
                ScrapeTargets.controlPlane(controlPlane.uri().getAuthority()));
        var options = new MonitoringOptions(
                work().resolve("monitoring"), cache.resolve("programs"), targets, Duration.ofSeconds(1));
        var rules = AlertRules.read(assets.resolve("runtime-alert-rules.yaml")).faster(alertSpeed);
        monitoring = parts.add(new MonitoringReplica(options, rules));
        wholeDashboard = assets.resolve("runtime-ops-dashboard.json");
        restoreDashboard();
        return monitoring;
    }

    /** Waits until every pod is ready and all that watches the pods has noticed. */
    public void awaitReady(Consumer<String> progress) {
        cluster.awaitReady(READY_LIMIT, progress);
    }

    /** Runs the post-deploy gate, as after every deploy. */
    public void runGate(Consumer<String> progress) {
        var result = cluster.runSmokeGate(GATE_LIMIT, progress);
        if (!result.isPassed()) {
            var last = result.outcomes().get(result.outcomes().size() - 1);
            throw new IllegalStateException("the gate of the healthy replica does not pass: " + last.job() + " "
                    + last.end() + "; it wrote: " + last.log());
        }
    }

    /** Makes ordinary traffic until the replica closes, and returns when the first runs have come to their end. */
    public void startLoad() {
        traffic = parts.add(Traffic.ordinary(loadTarget()));
    }

    /** Returns when ordinary traffic, if there is any, has gone on for two more runs. */
    public void awaitTraffic() {
        if (traffic != null) {
            traffic.awaitMore();
        }
    }

    /** What clients of the runtime need to know. */
    public LoadTarget loadTarget() {
        return new LoadTarget(
                cluster::podAddresses,
                controlPlane.uri(),
                secrets::apiToken,
                () -> cluster.secretValue("RUNTIME_SIGNATURE_SECRET"),
                USER,
                database.dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES));
    }

    public DatabaseReplica database() {
        return database;
    }

    public ClusterReplica cluster() {
        return cluster;
    }

    public ControlPlaneReplica controlPlane() {
        return controlPlane;
    }

    /** The working copy of the repository; it is written when it is first asked for. */
    public synchronized CheckoutReplica checkout() {
        if (checkout == null) {
            checkout = CheckoutReplica.in(work().resolve("checkout"), image.jvm(), database);
        }
        return checkout;
    }

    /** The same releases on Cloud Run; they are deployed there when somebody first asks. */
    public synchronized CloudRunReplica cloudRun() {
        if (cloudRun == null) {
            var options = new CloudRunOptions(
                    secrets.cloudRun(), secrets.runtime(), work().resolve("cloud-run-receipt.json"));
            cloudRun = parts.add(CloudRunReplica.start(options, ClusterReplica.PREVIOUS_IMAGE, ClusterReplica.IMAGE));
        }
        return cloudRun;
    }

    public ProviderReplica provider() {
        return provider;
    }

    public MonitoringReplica monitoring() {
        return monitoring;
    }

    /** The file of the operations dashboard. */
    public Path dashboard() {
        return dashboard;
    }

    /** The dashboard is again what it was. */
    public void restoreDashboard() {
        dashboard = wholeDashboard;
    }

    /** For faults: another file is the dashboard from now on. */
    public void dashboard(Path file) {
        dashboard = file;
    }

    public ReplicaSecrets secrets() {
        return secrets;
    }

    /** The folder of everything that this replica writes; gone when it closes. */
    public Path work() {
        if (work == null) {
            work = parts.add(WorkFolder.in(cache.resolve("work")));
        }
        return work.path();
    }

    /** Ends every process and removes what was worked on. */
    @Override
    public void close() {
        parts.close();
    }
}
