package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Preflight;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.alertmanager.AlertmanagerAccess;
import com.openagents.runbook.system.alertmanager.AlertmanagerSystem;
import com.openagents.runbook.system.checkout.Checkout;
import com.openagents.runbook.system.checkout.CommandRunner;
import com.openagents.runbook.system.cloudrun.ApplicationDefaultToken;
import com.openagents.runbook.system.cloudrun.CloudRunAccess;
import com.openagents.runbook.system.controlplane.ControlPlaneAccess;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.grafana.GrafanaAccess;
import com.openagents.runbook.system.prometheus.PrometheusAccess;
import com.openagents.runbook.system.prometheus.PrometheusSystem;
import com.openagents.runbook.system.runtime.Principal;
import com.openagents.runbook.system.runtime.RuntimeAccess;
import com.openagents.runbook.system.sync.SyncAccess;
import com.openagents.runbook.system.sync.SyncSigning;
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
            SecretReference secrets,
            CommandRunner runner,
            OfferedSystems offered) {
        this.file = file;
        this.redactor = redactor;
        this.kubernetes = kubernetes;
        this.pods = pods;
        this.secrets = secrets;
        this.runner = runner;
        this.offered = offered;
    }

    static LiveEnvironment open(
            EnvironmentFile file, DatabaseExpectations expected, Redactor redactor, Progress progress, Needed needs) {
        var offered = new OfferedSystems(file.name(), needs.systems());
        var systems = file.systems();
        var kubernetes = Optional.ofNullable(systems.kubernetes())
                .map(system -> progress.phase("read the kubeconfig", () -> KubernetesAccess.open(system)));
        var secrets = new SecretReference(redactor, System::getenv, () -> kubernetes.map(KubernetesAccess::client));
        kubernetes.ifPresent(offered::offerKubernetes);
        var pods = kubernetes.flatMap(access -> access.pods(systems.kubernetes().pods()));
        Supplier<Map<String, URI>> addresses = () -> pods.map(PodAddresses::get).orElse(Map.of());
        database(systems, secrets).ifPresent(connection -> offered.offerDatabase(connection, expected));
        Optional.ofNullable(systems.runtime())
                .map(system -> runtime(system, addresses, secrets))
                .ifPresent(offered::offerRuntime);
        Optional.ofNullable(systems.sync())
                .map(system -> sync(system, addresses, secrets))
                .ifPresent(offered::offerSync);
        Optional.ofNullable(systems.controlPlane())
                .map(system -> new ControlPlaneAccess(
                        URI.create(system.url()), () -> secrets.resolve(system.apiToken()), PATIENCE))
                .ifPresent(offered::offerControlPlane);
        offerMonitoring(systems, secrets, offered);
        Optional.ofNullable(systems.cloudRun())
                .map(system -> cloudRun(system, secrets, redactor))
                .ifPresent(access -> offered.offerCloudRun(() -> access));
        var runner = new CommandRunner(redactor::redact, progress::say);
        Optional.ofNullable(systems.checkout())
                .map(system -> new Checkout(Path.of(system.path()), List.of()))
                .ifPresent(checkout ->
                        offered.offerCheckout(() -> checkout, checkout.folder().toString(), runner));
        return new LiveEnvironment(file, redactor, kubernetes, pods, secrets, runner, offered);
    }

    private static Optional<DatabaseConnection> database(EnvironmentFile.Systems systems, SecretReference secrets) {
        return Optional.ofNullable(systems.database())
                .map(system -> new DatabaseConnection(
                        maintenanceDatabase(system.url()), system.user(), () -> secrets.resolve(system.password())));
    }

    @Override
    public Ground ground() {
        var cluster = kubernetes.orElseThrow(() -> new EnvironmentProblem(
                "drills change a Kubernetes: add systems.kubernetes to environment '" + file.name() + "'"));
        return new Ground(
                file.name(),
                cluster.client(),
                cluster.kubectl(),
                database(file.systems(), secrets)
                        .map(connection -> new PostgresHands(connection, DatabaseExpectations.defaults())),
                Optional.ofNullable(file.drills())
                        .map(EnvironmentFile.Drills::operator)
                        .map(CommandOperator::new),
                Environment.journals(),
                Environment.gate(),
                redactor::redact);
    }

    @Override
    public Clients clients() {
        return LoadedClients.begin(LiveLoad.target(file, pods, secrets), file.drillClients());
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

    private static RuntimeAccess runtime(
            EnvironmentFile.Runtime system, Supplier<Map<String, URI>> pods, SecretReference secrets) {
        return new RuntimeAccess(
                URI.create(system.url()),
                pods,
                () -> secrets.resolve(system.signatureSecret()),
                Principal.user(system.user()),
                PATIENCE);
    }

    private static SyncAccess sync(
            EnvironmentFile.Sync system, Supplier<Map<String, URI>> pods, SecretReference secrets) {
        var signing = new SyncSigning(
                system.keyId(),
                () -> secrets.resolve(system.signingKey()),
                system.issuer(),
                Optional.ofNullable(system.audience()).orElse(SyncSigning.AUDIENCE),
                Optional.ofNullable(system.claimsVersion()).orElse(SyncSigning.CLAIMS_VERSION));
        return new SyncAccess(URI.create(system.url()), pods, signing, PATIENCE);
    }

    private static CloudRunAccess cloudRun(
            EnvironmentFile.CloudRun system, SecretReference secrets, Redactor redactor) {
        var defaults = new ApplicationDefaultToken(PATIENCE, redactor::hide);
        return new CloudRunAccess(
                Optional.ofNullable(system.url()).map(URI::create).orElse(CloudRunAccess.PUBLIC),
                system.project(),
                system.region(),
                Optional.ofNullable(system.service()).orElse("runtime"),
                Optional.ofNullable(system.job()).orElse("runtime-migrate"),
                Optional.ofNullable(system.database()),
                Optional.ofNullable(system.receipt()).map(Path::of),
                Optional.ofNullable(system.token())
                        .<Supplier<String>>map(reference -> () -> secrets.resolve(reference))
                        .orElse(defaults),
                PATIENCE);
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
    public Preflight preflight(Map<String, Set<Right>> rights) {
        var all = rights.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
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
        pods.ifPresent(PodAddresses::close);
        kubernetes.ifPresent(KubernetesAccess::close);
    }
}
