package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.alertmanager.AlertmanagerAccess;
import com.openagents.runbook.system.alertmanager.AlertmanagerSystem;
import com.openagents.runbook.system.checkout.Checkout;
import com.openagents.runbook.system.checkout.CheckoutSystem;
import com.openagents.runbook.system.checkout.CommandRunner;
import com.openagents.runbook.system.cloudrun.CloudRunAccess;
import com.openagents.runbook.system.cloudrun.CloudRunSystem;
import com.openagents.runbook.system.controlplane.ControlPlaneAccess;
import com.openagents.runbook.system.controlplane.ControlPlaneSystem;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.database.DatabaseSystem;
import com.openagents.runbook.system.database.ServerAnswer;
import com.openagents.runbook.system.grafana.GrafanaAccess;
import com.openagents.runbook.system.grafana.GrafanaSystem;
import com.openagents.runbook.system.prometheus.PrometheusAccess;
import com.openagents.runbook.system.prometheus.PrometheusSystem;
import com.openagents.runbook.system.runtime.RuntimeAccess;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.sync.SyncAccess;
import com.openagents.runbook.system.sync.SyncSystem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The systems of one environment, wherever they come from. What the environment's file leaves out is not offered. */
final class OfferedSystems {
    private final String environment;
    private final Set<SystemName> asked;
    private final Map<SystemName, Offer> offers = new EnumMap<>(SystemName.class);

    /**
     * @param client makes the client that a scenario asks; nothing is opened before
     * @param identity what the system says it is
     */
    private record Offer(Function<EvidenceLog, ?> client, Supplier<Identity> identity) {}

    /**
     * @param environment the environment's name
     * @param asked the systems that will be asked; the others need not say who they are, which may cost time
     */
    OfferedSystems(String environment, Set<SystemName> asked) {
        this.environment = environment;
        this.asked = asked;
    }

    void offer(SystemName name, Function<EvidenceLog, ?> client, Supplier<Identity> identity) {
        offers.put(name, new Offer(client, identity));
    }

    void offerKubernetes(KubernetesAccess access) {
        offer(SystemName.KUBERNETES, access::system, access::identity);
    }

    void offerDatabase(DatabaseConnection connection, DatabaseExpectations expected) {
        offer(
                SystemName.DATABASE,
                evidence -> new DatabaseSystem(connection, expected, evidence),
                () -> identity(new DatabaseSystem(connection, expected, unseen -> {}).acceptsConnections()));
    }

    void offerRuntime(RuntimeAccess access) {
        offer(
                SystemName.RUNTIME,
                evidence -> new RuntimeSystem(access, evidence),
                () -> identity(access, new RuntimeSystem(access, unseen -> {})));
    }

    void offerSync(SyncAccess access) {
        offer(
                SystemName.SYNC,
                evidence -> new SyncSystem(access, evidence),
                () -> new Identity(
                        SystemName.SYNC.word(),
                        Map.of(
                                "server",
                                access.service().toString(),
                                "key id",
                                access.signing().keyId())));
    }

    void offerControlPlane(ControlPlaneAccess access) {
        offer(
                SystemName.CONTROL_PLANE,
                evidence -> new ControlPlaneSystem(access, evidence),
                () -> new Identity(
                        SystemName.CONTROL_PLANE.word(),
                        Map.of("server", access.base().toString())));
    }

    /** @param checkout prepares the working copy if need be; asked when a scenario needs it, and not before */
    void offerCheckout(Supplier<Checkout> checkout, String where, CommandRunner runner) {
        offer(
                SystemName.CHECKOUT,
                evidence -> new CheckoutSystem(checkout.get(), runner, evidence),
                () -> new Identity(SystemName.CHECKOUT.word(), Map.of("path", where)));
    }

    /** @param access asked for when a check needs it, and not before */
    void offerPrometheus(Supplier<PrometheusAccess> access, Supplier<Identity> identity) {
        offer(SystemName.PROMETHEUS, evidence -> new PrometheusSystem(access.get(), evidence), identity);
    }

    /** As {@link #offerPrometheus}. */
    void offerAlertmanager(Supplier<AlertmanagerAccess> access, Supplier<Identity> identity) {
        offer(SystemName.ALERTMANAGER, evidence -> new AlertmanagerSystem(access.get(), evidence), identity);
    }

    void offerGrafana(Supplier<GrafanaAccess> access) {
        offer(
                SystemName.GRAFANA,
                evidence -> new GrafanaSystem(access.get(), evidence),
                () -> new GrafanaSystem(access.get(), unseen -> {}).identity());
    }

    void offerCloudRun(Supplier<CloudRunAccess> access) {
        offer(
                SystemName.CLOUD_RUN,
                evidence -> new CloudRunSystem(access.get(), evidence),
                () -> new CloudRunSystem(access.get(), unseen -> {}).identity());
    }

    Systems systems(EvidenceLog evidence) {
        return name -> Optional.ofNullable(offers.get(name))
                .orElseThrow(() -> notOffered(name))
                .client()
                .apply(evidence);
    }

    private CouldNotCheck notOffered(SystemName name) {
        return new CouldNotCheck("environment '" + environment + "' offers no " + name.word() + ": add systems."
                + name.word() + " to its file");
    }

    List<Identity> identities() {
        return offers.entrySet().stream()
                .filter(offer -> asked.contains(offer.getKey()))
                .map(offer -> offer.getValue().identity().get())
                .toList();
    }

    private static Identity identity(ServerAnswer answer) {
        var version = answer.version().orElseGet(() -> Identity.unknown(answer.words()));
        return new Identity(SystemName.DATABASE.word(), Map.of("server", answer.server(), "version", version));
    }

    private static Identity identity(RuntimeAccess access, RuntimeSystem runtime) {
        return new Identity(
                SystemName.RUNTIME.word(), Map.of("server", access.service().toString(), "version", version(runtime)));
    }

    private static String version(RuntimeSystem runtime) {
        try {
            var health = runtime.health();
            return health.part("version").orElseGet(() -> Identity.unknown(health.words()));
        } catch (CouldNotCheck noAnswer) {
            return Identity.unknown("no answer");
        }
    }
}
