package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.DeployedRuntime;
import com.openagents.runbook.replica.OpenedParts;
import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.ScrapeTargets;
import com.openagents.runbook.replica.WorkFolder;
import com.openagents.runbook.replica.Yesterday;
import com.openagents.runbook.replica.controlplane.ControlPlaneMain;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.monitoring.AlertRules;
import com.openagents.runbook.replica.monitoring.GrafanaContainer;
import com.openagents.runbook.replica.monitoring.MonitoringContainers;
import com.openagents.runbook.replica.monitoring.MonitoringContainers.Certificate;
import com.openagents.runbook.replica.monitoring.MonitoringContainers.Made;
import com.openagents.runbook.replica.monitoring.ShownDashboard;
import com.openagents.runbook.replica.provider.ProviderMain;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.ResourceReaper;

/** A healthy runtime in containers of this machine. Closing it removes them all. */
public final class ContainerReplica implements ReachableReplica {
    /** The name of the file in the folder of the replica that whoever asks it writes. */
    public static final String KUBECONFIG = "kubeconfig";

    private static final String CONTROL_PLANE = "control-plane";
    private static final String METRICS = "metrics";
    private static final Duration PUT_BACK_LIMIT = Duration.ofMinutes(5);

    private final ContainerImages images;
    private final String namespace;
    private final Path cache;
    private final Map<String, String> settings;
    private final ReplicaSessions sessions;
    private final ShutdownHold hold;
    private final OpenedParts parts = new OpenedParts("the replica");
    private final WorkFolder work;
    private final Network network;
    private ReplicaSecrets secrets;
    private DatabaseReplica database;
    private ClusterContainer cluster;
    private KubernetesClient client;
    private BesideContainer controlPlane;
    private BesideContainer provider;
    private MonitoringContainers monitoring;
    private Optional<GrafanaContainer> grafana = Optional.empty();
    private StandIns standIns;
    // With all programs of this build; the runtime is one of them, unless another image of it is given.
    private String program;
    private String image;

    /**
     * @param namespace of the runtime
     * @param cache a folder for what is worth keeping between runs
     * @param settings variables of every runtime process, for what the published service has as fixed settings
     */
    public ContainerReplica(ContainerImages images, String namespace, Path cache, Map<String, String> settings) {
        this.images = images;
        this.namespace = namespace;
        this.cache = cache;
        this.settings = Map.copyOf(settings);
        this.sessions = new ReplicaSessions(cache);
        // Also what a start that fails half way has made, which no part knows of.
        parts.add(sessions::end);
        this.hold = parts.add(new ShutdownHold(ResourceReaper.instance(), PUT_BACK_LIMIT));
        sessions.begin();
        this.work = parts.add(WorkFolder.in(cache.resolve("work")));
        this.network = parts.add(Network.newNetwork());
    }

    /** Starts PostgreSQL with both databases migrated. */
    public void startDatabase() {
        var image = ContainerImages.named(images.database(), "postgres");
        database = parts.add(DatabaseReplica.startInContainer(image, images.policy(), network));
        Yesterday.in(database);
    }

    /** Starts Kubernetes. */
    public void startCluster() {
        cluster = parts.add(ClusterContainer.start(images, network));
        client = parts.add(cluster.client());
    }

    /** Builds an image of this build, which takes seconds after a change, and fetches that of the runtime where one is given. */
    public void prepareImage() {
        program = RuntimeContainerImage.build(
                images.java(), cache.resolve("programs"), images.pull() == ContainerImages.Pull.ALWAYS);
        image = images.runtime()
                .map(given -> RuntimeContainerImage.fetch(given, images.policy()))
                .orElse(program);
    }

    /** Starts the control plane and the provider of the tools. */
    public void startControlPlane() {
        secrets = ReplicaSecrets.random(database.ectoUrlInside(DatabaseReplica.DEV));
        standIns = parts.add(new StandIns(cache.resolve("programs"), work.path(), secrets, database));
        provider = parts.add(BesideContainer.start(
                ProviderMain.class,
                program,
                network,
                "provider",
                Map.of("OA_REPLICA_PROVIDER_SECRET", secrets.provider())));
        controlPlane = parts.add(BesideContainer.start(
                ControlPlaneMain.class,
                program,
                network,
                CONTROL_PLANE,
                secrets.ofControlPlane(Replica.SYNC_ISSUER, Replica.USER)));
    }

    /** Brings the image to the node, applies the manifests, and returns when the pods are ready. */
    public void startRuntime() {
        var before = "openagents/runtime-replica:before";
        cluster.load(image, before, work.path());
        var variables = new HashMap<>(settings);
        variables.putAll(DeployedRuntime.beside(
                controlPlane.inside().toString(), provider.inside().toString()));
        new DeployedRuntime(client, namespace, variables)
                .apply(secrets.runtime(), ClusterContainer.known(image), ClusterContainer.known(before));
    }

    /** Waits until the autoscaler works; a cluster that measures nothing is given a stand-in that does. */
    public void startMetrics() {
        var metrics = new ClusterMetrics(client);
        if (!metrics.isBrought()) {
            var user = client.getConfiguration();
            parts.add(BesideContainer.start(
                    MetricsServerMain.class,
                    program,
                    network,
                    METRICS,
                    Map.of(
                            MetricsServerMain.API_SERVER,
                            "https://" + ClusterContainer.ALIAS + ":" + ClusterContainer.PORT,
                            MetricsServerMain.CERTIFICATE,
                            user.getClientCertData(),
                            MetricsServerMain.KEY,
                            user.getClientKeyData())));
            try {
                metrics.register(METRICS, BesideContainer.PORT);
            } catch (IOException e) {
                throw new UncheckedIOException("the manifests of the metrics API cannot be read", e);
            }
        }
        metrics.awaitAutoscaler(namespace);
    }

    /**
     * Starts Prometheus and Alertmanager.
     *
     * @param assets the folder with the alert rules
     * @param alertSpeed how many times shorter the rules' windows are
     */
    public void startMonitoring(Path assets, double alertSpeed) {
        var user = client.getConfiguration();
        var apiServer = ClusterContainer.ALIAS + ":" + ClusterContainer.PORT;
        monitoring = parts.add(new MonitoringContainers(
                new Made(
                        ContainerImages.named(images.prometheus(), "prom/prometheus"),
                        ContainerImages.named(images.alertmanager(), "prom/alertmanager"),
                        images.policy(),
                        network),
                new Certificate(decoded(user.getClientCertData()), decoded(user.getClientKeyData())),
                AlertRules.read(assets.resolve("runtime-alert-rules.yaml")).faster(alertSpeed),
                new ScrapeTargets(
                        client,
                        namespace,
                        pod -> ScrapeTargets.through(apiServer, pod),
                        ScrapeTargets.controlPlane(BesideContainer.target(CONTROL_PLANE)))));
        monitoring.start();
    }

    /**
     * Starts a Grafana where an image of it is named.
     *
     * @param dashboard the file of what it shows
     */
    public void startGrafana(Path dashboard) {
        grafana = images.grafana()
                .map(image -> parts.add(new GrafanaContainer(
                        ContainerImages.named(image, "grafana/grafana"),
                        images.policy(),
                        network,
                        ShownDashboard.read(dashboard))));
        grafana.ifPresent(GrafanaContainer::start);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /**
     * From now on there is something to put back when the JVM is ended: until this is closed, Testcontainers removes
     * nothing by a hook of its own, which it has where its helper is disabled.
     */
    public void holdTogether() {
        hold.begin();
    }

    /** What others need in order to use it too. */
    KeptReplica kept(String session, Map<String, String> madeOf, List<String> containers) {
        return new KeptReplica(
                session, madeOf, containers, work().resolve(KUBECONFIG).toAbsolutePath(), access());
    }

    /** What is secret of it, once the control plane was started. */
    public ReplicaSecrets secrets() {
        return secrets;
    }

    @Override
    public ReplicaAccess access() {
        return new ReplicaAccess(
                cluster.kubeconfig(),
                ClusterContainer.known(image),
                secrets,
                database.access(),
                controlPlane.uri(),
                monitoring.prometheus(),
                monitoring.alertmanager(),
                grafana.map(GrafanaContainer::uri).orElse(null));
    }

    @Override
    public StandIns standIns() {
        return standIns;
    }

    @Override
    public DatabaseReplica database() {
        return database;
    }

    @Override
    public Optional<Path> kubeconfigFile() {
        return Optional.empty();
    }

    @Override
    public Path work() {
        return work.path();
    }

    @Override
    public void close() {
        parts.close();
    }
}
