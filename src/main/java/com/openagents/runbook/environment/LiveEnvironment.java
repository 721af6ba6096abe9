package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.load.LoadTarget;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Preflight;
import com.openagents.runbook.system.Recent;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.alertmanager.AlertmanagerAccess;
import com.openagents.runbook.system.alertmanager.AlertmanagerSystem;
import com.openagents.runbook.system.checkout.Checkout;
import com.openagents.runbook.system.checkout.CommandRunner;
import com.openagents.runbook.system.controlplane.ControlPlaneAccess;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.grafana.GrafanaAccess;
import com.openagents.runbook.system.prometheus.PrometheusAccess;
import com.openagents.runbook.system.prometheus.PrometheusSystem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Systems that exist already. Nothing is started; what is not configured is not offered. */
final class LiveEnvironment implements OpenEnvironment {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Optional<KubernetesAccess> kubernetes;
    private final Optional<PodAddresses> pods;
    private final Optional<ServiceForward> forward;
    private final EnvironmentFile file;
    private final Redactor redactor;
    private final SecretReference secrets;
    private final CommandRunner runner;
    private final OfferedSystems offered;

    private LiveEnvironment(
            EnvironmentFile file,
            Redactor redactor,
            Optional<KubernetesAccess> kubernetes,
            Optional<PodAddresses> pods,
            Optional<ServiceForward> forward,
            SecretReference secrets,
            CommandRunner runner,
            OfferedSystems offered) {
        this.file = file;
        this.redactor = redactor;
        this.kubernetes = kubernetes;
        this.pods = pods;
        this.forward = forward;
        this.secrets = secrets;
        this.runner = runner;
        this.offered = offered;
    }

    /** @param cluster the client of its cluster, if it has one */
    static LiveEnvironment open(
            EnvironmentFile file,
            DatabaseExpectations expected,
            Redactor redactor,
            Progress progress,
            Needed needs,
            Supplier<KubernetesAccess> cluster) {
        var offered = new OfferedSystems(file.name(), needs.systems());
        var systems = file.systems();
        LiveAccess.checkWays(systems);
        var kubernetes = Optional.ofNullable(systems.kubernetes())
                .map(system -> progress.phase("read the kubeconfig", cluster::get));
        var secrets = new SecretReference(redactor, System::getenv, () -> kubernetes.map(KubernetesAccess::client));
        kubernetes.ifPresent(access -> access.credentials().forEach(redactor::hide));
        secrets.learn(file.secretsToMask(needs.systems()));
        kubernetes.map(access -> needs.onlyLooks() ? access.shared() : access).ifPresent(offered::offerKubernetes);
        var pods = kubernetes.flatMap(access -> access.pods(systems.kubernetes().pods()));
        Supplier<Map<String, URI>> addresses = () -> pods.map(PodAddresses::get).orElse(Map.of());
        Supplier<Map<String, URI>> sockets =
                () -> pods.map(PodAddresses::forSockets).orElse(Map.of());
        var forward = systems.forwardsService()
                ? pods.map(known -> ServiceForward.to(Recent.second(known::ready)))
                : Optional.<ServiceForward>empty();
        LiveAccess.database(systems, secrets).ifPresent(connection -> offered.offerDatabase(connection, expected));
        Optional.ofNullable(systems.runtime())
                .map(system -> LiveAccess.runtime(system, LiveAccess.uri(system.url(), forward), addresses, secrets))
                .ifPresent(offered::offerRuntime);
        Optional.ofNullable(systems.sync())
                .map(system -> LiveAccess.sync(system, LiveAccess.uri(system.url(), forward), sockets, secrets))
                .ifPresent(offered::offerSync);
        Optional.ofNullable(systems.controlPlane())
                .map(system -> new ControlPlaneAccess(
                        URI.create(system.url()), () -> secrets.resolve(system.apiToken()), PATIENCE))
                .ifPresent(offered::offerControlPlane);
        offerMonitoring(systems, secrets, offered);
        Optional.ofNullable(systems.cloudRun())
                .map(system -> LiveAccess.cloudRun(system, secrets, redactor))
                .ifPresent(access -> offered.offerCloudRun(() -> access));
        var runner = new CommandRunner(redactor::redact, progress::say);
        Optional.ofNullable(systems.checkout())
                .map(system -> new Checkout(Path.of(system.path()), List.of()))
                .ifPresent(checkout ->
                        offered.offerCheckout(() -> checkout, checkout.folder().toString(), runner));
        return new LiveEnvironment(file, redactor, kubernetes, pods, forward, secrets, runner, offered);
    }

    @Override
    public Ground ground() {
        var cluster = kubernetes.orElseThrow(() -> new EnvironmentProblem(
                "drills change a Kubernetes: add systems.kubernetes to environment '" + file.name() + "'"));
        return new Ground(
                file.name(),
                cluster.client(),
                cluster.kubectl(),
                LiveAccess.database(file.systems(), secrets)
                        .map(connection -> new PostgresHands(connection, DatabaseExpectations.defaults())),
                Optional.ofNullable(file.drills())
                        .map(EnvironmentFile.Drills::operator)
                        .map(CommandOperator::new),
                HomeFolder.journals(),
                HomeFolder.gate(),
                redactor::redact);
    }

    @Override
    public Clients clients() {
        return LoadedClients.begin(loadTarget(), file.drillClients());
    }

    /** What else is there may be added. */
    OfferedSystems offered() {
        return offered;
    }

    CommandRunner runner() {
        return runner;
    }

    /** What clients of the runtime need to know. */
    LoadTarget loadTarget() {
        return LiveLoad.target(file, pods.filter(PodAddresses::carriesSockets), secrets);
    }

    private static void offerMonitoring(
            EnvironmentFile.Systems systems, SecretReference secrets, OfferedSystems offered) {
        Optional.ofNullable(systems.prometheus())
                .map(system -> new PrometheusAccess(URI.create(system.url()), token(system, secrets), PATIENCE))
                .ifPresent(access -> offered.offerPrometheus(
                        () -> access, () -> new PrometheusSystem(access, unseen -> {}).identity()));
        Optional.ofNullable(systems.alertmanager())
                .map(system -> new AlertmanagerAccess(URI.create(system.url()), PATIENCE))
                .ifPresent(access -> offered.offerAlertmanager(
                        () -> access, () -> new AlertmanagerSystem(access, unseen -> {}).identity()));
        Optional.ofNullable(systems.grafana())
                .map(system -> new GrafanaAccess(
                        Optional.ofNullable(system.url()).map(URI::create),
                        token(system, secrets),
                        MonitoringAccess.dashboardFile(),
                        PATIENCE))
                .ifPresent(access -> offered.offerGrafana(() -> access));
    }

    private static Optional<Supplier<String>> token(EnvironmentFile.Endpoint system, SecretReference secrets) {
        return Optional.ofNullable(system.token()).map(reference -> () -> secrets.resolve(reference));
    }

    /** A connection to the Service that the API server does not let through only ends, so it is asked first. */
    @Override
    public Systems systems(EvidenceLog evidence) {
        var systems = offered.systems(evidence);
        return name -> {
            forward.filter(way -> isForwarded(name)).ifPresent(ServiceForward::check);
            return systems.system(name);
        };
    }

    private boolean isForwarded(SystemName name) {
        var systems = file.systems();
        return switch (name) {
            case RUNTIME ->
                systems.runtime() != null
                        && EnvironmentFile.isThroughApiServer(systems.runtime().url());
            case SYNC ->
                systems.sync() != null
                        && EnvironmentFile.isThroughApiServer(systems.sync().url());
            default -> false;
        };
    }

    @Override
    public List<Identity> identities() {
        return offered.identities();
    }

    @Override
    public Preflight preflight(Map<String, Set<Right>> rights) {
        var all = rights.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        all.add(Right.AFTER_FINDING);
        var missing = kubernetes.map(access -> access.missing(all)).orElse(Set.of());
        var advice = "grant it in namespace "
                + kubernetes.map(access -> access.kubectl().namespace()).orElse("")
                + ", as ./runbook rbac --environment "
                + file.name() + " prints it";
        return new Preflight(rights, missing, advice);
    }

    @Override
    public List<String> access() {
        return List.of();
    }

    @Override
    public void close() {
        runner.close();
        forward.ifPresent(ServiceForward::close);
        // What is being asked ends with its client, and the pods wait for it.
        kubernetes.ifPresent(KubernetesAccess::close);
        pods.ifPresent(PodAddresses::close);
    }
}
