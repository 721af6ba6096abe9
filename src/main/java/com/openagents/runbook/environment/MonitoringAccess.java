package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.monitoring.MonitoringReplica;
import com.openagents.runbook.replica.monitoring.ProgramsMissing;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.alertmanager.AlertmanagerAccess;
import com.openagents.runbook.system.grafana.GrafanaAccess;
import com.openagents.runbook.system.prometheus.PrometheusAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where Prometheus, Alertmanager and the dashboard of an embedded environment are: named by its file, or the replica's
 * own, which start with the first check that asks them.
 */
final class MonitoringAccess {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Replica replica;
    private final Consumer<String> progress;

    MonitoringAccess(Replica replica, Consumer<String> progress) {
        this.replica = replica;
        this.progress = progress;
    }

    /** The folder of the alert rules and the dashboard. */
    static Path assets() {
        return HomeFolder.environments().resolve("monitoring");
    }

    static Path dashboardFile() {
        return assets().resolve("runtime-ops-dashboard.json");
    }

    void offer(EnvironmentFile.Systems systems, OfferedSystems offered) {
        if (systems.prometheus() != null) {
            offered.offerPrometheus(
                    () -> new PrometheusAccess(
                            uri(systems.prometheus(), MonitoringReplica::prometheus), Optional.empty(), PATIENCE),
                    () -> identity(SystemName.PROMETHEUS, systems.prometheus()));
        }
        if (systems.alertmanager() != null) {
            offered.offerAlertmanager(
                    () -> new AlertmanagerAccess(
                            uri(systems.alertmanager(), MonitoringReplica::alertmanager), PATIENCE),
                    () -> identity(SystemName.ALERTMANAGER, systems.alertmanager()));
        }
        if (systems.grafana() != null) {
            var grafana = Optional.ofNullable(systems.grafana().url()).map(URI::create);
            offered.offerGrafana(() -> new GrafanaAccess(grafana, Optional.empty(), replica.dashboard(), PATIENCE));
        }
    }

    /** What a person needs to reach them by hand, one line each. */
    List<String> lines() {
        try {
            replica.monitoring().open(progress);
            return List.of(
                    "export PROMETHEUS_URL=" + replica.monitoring().prometheus(),
                    "export ALERTMANAGER_URL=" + replica.monitoring().alertmanager());
        } catch (ProgramsMissing e) {
            return List.of("# " + e.getMessage());
        }
    }

    private URI uri(EnvironmentFile.Endpoint system, Function<MonitoringReplica, URI> own) {
        if (system.url() != null) {
            return URI.create(system.url());
        }
        try {
            replica.monitoring().open(progress);
            return own.apply(replica.monitoring());
        } catch (ProgramsMissing e) {
            throw new CouldNotCheck(e.getMessage());
        }
    }

    private static Identity identity(SystemName name, EnvironmentFile.Endpoint system) {
        var server =
                Optional.ofNullable(system.url()).orElse("the replica's own, started by the first check that asks it");
        return new Identity(name.word(), Map.of("server", server));
    }
}
