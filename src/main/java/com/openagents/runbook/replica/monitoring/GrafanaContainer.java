package com.openagents.runbook.replica.monitoring;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A Grafana in a container that shows one dashboard over the Prometheus beside it. Everybody may look, nobody may log in. */
public final class GrafanaContainer implements AutoCloseable {
    private static final int PORT = 3000;
    private static final String PROVISIONING = "/etc/grafana/provisioning";
    private static final String DASHBOARDS = "/etc/grafana/dashboards";
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private static final Map<String, String> SETTINGS = Map.of(
            "GF_PATHS_PROVISIONING",
            PROVISIONING,
            "GF_AUTH_ANONYMOUS_ENABLED",
            "true",
            "GF_AUTH_ANONYMOUS_ORG_ROLE",
            "Viewer",
            // Its port is open on this machine, and the password of its administrator is known to everybody.
            "GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION",
            "true",
            "GF_ANALYTICS_REPORTING_ENABLED",
            "false",
            "GF_ANALYTICS_CHECK_FOR_UPDATES",
            "false",
            "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES",
            "false");

    private final GenericContainer<?> container;

    public GrafanaContainer(DockerImageName image, ImagePullPolicy pull, Network network, ShownDashboard dashboard) {
        container = new GenericContainer<>(image)
                .withImagePullPolicy(pull)
                .withNetwork(network)
                .withExposedPorts(PORT)
                .withEnv(SETTINGS)
                .withCopyToContainer(
                        Transferable.of(GrafanaFiles.dataSource(MonitoringContainers.PROMETHEUS_INSIDE)),
                        PROVISIONING + "/datasources/runbook.yaml")
                .withCopyToContainer(
                        Transferable.of(GrafanaFiles.dashboardsIn(DASHBOARDS)),
                        PROVISIONING + "/dashboards/runbook.yaml")
                .withCopyToContainer(Transferable.of(dashboard.json()), DASHBOARDS + "/" + dashboard.uid() + ".json")
                .waitingFor(Wait.forHttp("/api/dashboards/uid/" + dashboard.uid())
                        .forPort(PORT)
                        .withStartupTimeout(READY_LIMIT));
    }

    /** Returns when Grafana shows the dashboard. */
    public void start() {
        container.start();
    }

    public URI uri() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }

    @Override
    public void close() {
        container.stop();
    }
}
