package com.openagents.runbook.replica.monitoring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** Prometheus and Alertmanager in containers. */
public final class MonitoringContainers implements AutoCloseable {
    private static final String ALERTMANAGER = "alertmanager";
    private static final int ALERTMANAGER_PORT = 9093;
    private static final String ALERTMANAGER_FILE = "/etc/alertmanager/alertmanager.yml";
    private static final String PROMETHEUS = "prometheus";
    private static final int PROMETHEUS_PORT = 9090;
    /** Where containers of the same network reach Prometheus. */
    static final String PROMETHEUS_INSIDE = "http://" + PROMETHEUS + ":" + PROMETHEUS_PORT;

    private static final String PROMETHEUS_FILE = "/etc/prometheus/prometheus.yml";
    private static final String CERTIFICATE = "/etc/prometheus/client.crt";
    private static final String KEY = "/etc/prometheus/client.key";
    private static final String RULES = "/etc/prometheus/rules.yaml";
    private static final String TARGETS = "/etc/prometheus/targets.json";
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final GenericContainer<?> alertmanager;
    private final GenericContainer<?> prometheus;
    private final Supplier<List<ScrapeTarget>> targets;
    private final MonitoringApi api = new MonitoringApi();
    private TargetWatch watch;

    /** What both are made of, and the network in which they reach what they watch. */
    public record Made(
            DockerImageName prometheus, DockerImageName alertmanager, ImagePullPolicy pull, Network network) {}

    /** A client of the API server that may reach pods, in PEM. */
    public record Certificate(String certificate, String key) {
        /** It shows no key. */
        @Override
        public String toString() {
            return "a client certificate";
        }
    }

    /** @param targets asked again and again, as pods come and go */
    public MonitoringContainers(Made made, Certificate client, AlertRules rules, Supplier<List<ScrapeTarget>> targets) {
        this.targets = targets;
        alertmanager = container(made.alertmanager(), made, ALERTMANAGER_PORT)
                .withNetworkAliases(ALERTMANAGER)
                .withCopyToContainer(Transferable.of(MonitoringFiles.alertmanagerConfiguration()), ALERTMANAGER_FILE)
                .withCommand(
                        "--config.file=" + ALERTMANAGER_FILE,
                        "--storage.path=/tmp/alertmanager",
                        "--cluster.listen-address=");
        prometheus = container(made.prometheus(), made, PROMETHEUS_PORT)
                .withNetworkAliases(PROMETHEUS)
                .withCopyToContainer(Transferable.of(configuration()), PROMETHEUS_FILE)
                .withCopyToContainer(Transferable.of(rules.text()), RULES)
                .withCopyToContainer(Transferable.of(client.certificate()), CERTIFICATE)
                .withCopyToContainer(Transferable.of(client.key()), KEY)
                .withCommand("--config.file=" + PROMETHEUS_FILE, "--storage.tsdb.path=/tmp/prometheus");
    }

    private static GenericContainer<?> container(DockerImageName image, Made made, int port) {
        return new GenericContainer<>(image)
                .withImagePullPolicy(made.pull())
                .withNetwork(made.network())
                .withExposedPorts(port)
                .waitingFor(Wait.forHttp("/-/ready").withStartupTimeout(READY_LIMIT));
    }

    /** Returns when every target was scraped, often enough for a rate, and every rule evaluated. */
    public void start() {
        var known = targets.get();
        alertmanager.start();
        prometheus
                .withCopyToContainer(Transferable.of(MonitoringFiles.targets(known)), TARGETS)
                .start();
        watch = TargetWatch.start(
                targets, now -> prometheus.copyFileToContainer(Transferable.of(MonitoringFiles.targets(now)), TARGETS));
        api.await(
                "Prometheus to scrape every target twice and evaluate every rule",
                READY_LIMIT,
                () -> api.targetsSeenTwice(prometheus()) >= known.size() && api.rulesEvaluated(prometheus()));
    }

    public URI prometheus() {
        return uri(prometheus, PROMETHEUS_PORT);
    }

    public URI alertmanager() {
        return uri(alertmanager, ALERTMANAGER_PORT);
    }

    private static URI uri(GenericContainer<?> container, int port) {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
    }

    private static String configuration() {
        // The certificate of the API server is for its own names, and this network has nobody else.
        Map<String, Object> tls = Map.of("insecure_skip_verify", true, "cert_file", CERTIFICATE, "key_file", KEY);
        return MonitoringFiles.prometheusConfiguration(
                RULES, TARGETS, List.of(ALERTMANAGER + ":" + ALERTMANAGER_PORT), PACE, tls);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        prometheus.stop();
        alertmanager.stop();
    }
}
