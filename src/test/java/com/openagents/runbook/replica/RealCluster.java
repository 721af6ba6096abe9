package com.openagents.runbook.replica;

import com.openagents.runbook.replica.controlplane.ControlPlaneReplica;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.provider.ProviderReplica;
import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * The runtime of the replica in a real cluster, beside the replica's database, control plane and provider on this machine,
 * and an environment file that says how to reach it all. It stays until standard input ends.
 */
public final class RealCluster implements AutoCloseable {
    private static final String RESOURCES = "/com/openagents/runbook/replica/cluster/";

    private final KubernetesClient client;
    private final String namespace;
    private final String address;
    private final Deque<Closeable> parts = new ArrayDeque<>();

    private RealCluster(KubernetesClient client, String namespace, String address) {
        this.client = client;
        this.namespace = namespace;
        this.address = address;
    }

    /** @param arguments kubeconfig, namespace, image, image before, address of this machine for pods, environment file */
    public static void main(String[] arguments) throws Exception {
        var kubeconfig = Path.of(arguments[0]);
        try (var client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                        .build();
                var real = new RealCluster(client, arguments[1], arguments[4])) {
            real.open(kubeconfig, arguments[2], arguments[3], Path.of(arguments[5]));
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private void open(Path kubeconfig, String image, String before, Path environment) throws IOException {
        var database = opened(DatabaseReplica.start(DatabaseOptions.defaults().alsoAt(address)));
        var url = database.ectoUrl(DatabaseReplica.DEV)
                .replace(database.host() + ":" + database.port(), address + ":" + database.port());
        var secrets = ReplicaSecrets.random(url);
        var log = Files.createTempFile("control-plane", ".log");
        opened(() -> Files.delete(log));
        var provider = opened(ProviderReplica.start(secrets.provider()));
        var controlPlane =
                opened(ControlPlaneReplica.start(secrets.ofControlPlane(Replica.SYNC_ISSUER, Replica.USER), log));
        Yesterday.in(database);

        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        opened(() -> client.namespaces().withName(namespace).delete());
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("runtime-secrets")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(secrets.runtime())
                        .build())
                .create();
        var local = new ArrayList<EnvVar>();
        local.add(new EnvVar("OA_RUNTIME_INTERNAL_LARAVEL_BASE_URL", relayed(controlPlane.uri()), null));
        for (var name : List.of("GITHUB", "RESEND", "POSTMARK")) {
            local.add(new EnvVar("OA_REPLICA_" + name + "_BASE_URL", relayed(provider.uri()), null));
        }
        manifests().filter(StatefulSet.class::isInstance).forEach(set -> apply(set, before, 0, local));
        awaitRevisions(1);
        manifests().forEach(object -> apply(object, image, 2, local));
        autoscale();
        awaitReady();
        var operator = operate(database, controlPlane, secrets);
        Files.writeString(environment, describe(kubeconfig, database, controlPlane, secrets, operator));
        System.out.println("ready");
    }

    private java.util.stream.Stream<HasMetadata> manifests() throws IOException {
        try (var yaml = RealCluster.class.getResourceAsStream(RESOURCES + "runtime.yaml")) {
            return client.load(yaml).items().stream();
        }
    }

    private void apply(HasMetadata object, String image, int replicas, List<EnvVar> local) {
        object.getMetadata().setNamespace(namespace);
        var applied = object instanceof StatefulSet set
                ? new StatefulSetBuilder(set)
                        .editSpec()
                        .withReplicas(replicas)
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage(image)
                        .addAllToEnv(local)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build()
                : object;
        client.resource(applied).forceConflicts().serverSideApply();
    }

    private void awaitRevisions(int number) {
        Awaitility.await("revision " + number)
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.apps()
                                .controllerRevisions()
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .size()
                        >= number);
    }

    private void awaitReady() {
        Awaitility.await("both pods to be ready")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    var status = client.apps()
                            .statefulSets()
                            .inNamespace(namespace)
                            .withName("runtime")
                            .get()
                            .getStatus();
                    return Integer.valueOf(2).equals(status.getReadyReplicas());
                });
    }

    /** The cluster has no metrics: what its autoscaler would say is written by hand. */
    private void autoscale() {
        var now = Instant.now().toString();
        var autoscaler = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName("runtime");
        autoscaler.editStatus(found -> new HorizontalPodAutoscalerBuilder(found)
                .withNewStatus()
                .withCurrentReplicas(2)
                .withDesiredReplicas(2)
                .addNewCurrentMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewCurrent()
                .withAverageUtilization(35)
                .endCurrent()
                .endResource()
                .endCurrentMetric()
                .addToConditions(new HorizontalPodAutoscalerCondition(
                        now, "by hand", null, "ReadyForNewScale", "True", "AbleToScale"))
                .addToConditions(new HorizontalPodAutoscalerCondition(
                        now, "by hand", null, "ValidMetricFound", "True", "ScalingActive"))
                .endStatus()
                .build());
    }

    private String describe(
            Path kubeconfig,
            DatabaseReplica database,
            ControlPlaneReplica controlPlane,
            ReplicaSecrets secrets,
            URI operator)
            throws IOException {
        var service =
                client.services().inNamespace(namespace).withName("runtime").get();
        var uri = "http://" + service.getSpec().getClusterIP();
        var runtimeSecret = "secret:" + namespace + "/runtime-secrets/";
        var token = Files.createTempFile("api-token", "");
        Files.writeString(token, secrets.apiToken());
        opened(() -> Files.delete(token));
        var password = Files.createTempFile("password", "");
        Files.writeString(password, database.password(DatabaseReplica.POSTGRES));
        opened(() -> Files.delete(password));
        var context = Config.fromKubeconfig(Files.readString(kubeconfig)).getCurrentContext();
        return Serialization.asYaml(Map.of(
                "kind", "live",
                "description", "the replica's runtime in a real cluster",
                "allows", List.of("drill", "gate"),
                "drills", Map.of("clients", Integer.getInteger("clients", 500), "operator", commands(operator)),
                "systems",
                        Map.of(
                                "kubernetes",
                                Map.of(
                                        "context", context.getName(),
                                        "kubeconfig", kubeconfig.toString(),
                                        "namespace", namespace,
                                        "pods", System.getProperty("pods", "address")),
                                "database",
                                Map.of(
                                        "url", "jdbc:postgresql://" + database.host() + ":" + database.port() + "/",
                                        "user", DatabaseReplica.POSTGRES,
                                        "password", "file:" + password),
                                "runtime",
                                Map.of(
                                        "url",
                                        uri,
                                        "signature-secret",
                                        runtimeSecret + "RUNTIME_SIGNATURE_SECRET",
                                        "user",
                                        Replica.USER),
                                "sync",
                                Map.of(
                                        "url",
                                        uri,
                                        "key-id",
                                        secrets.runtime().get(ReplicaSecrets.SYNC_KEY_ID),
                                        "signing-key",
                                        runtimeSecret + ReplicaSecrets.SYNC_KEY,
                                        "issuer",
                                        Replica.SYNC_ISSUER),
                                "control-plane",
                                Map.of("url", controlPlane.uri().toString(), "api-token", "file:" + token))));
    }

    /** Does on request what the operator of a database and a control plane would do. */
    private URI operate(DatabaseReplica database, ControlPlaneReplica controlPlane, ReplicaSecrets secrets) {
        var server = opened(JsonServer.start(
                "operator",
                Map.of(
                        "/restart-database",
                                exchange -> done(exchange, form -> {
                                    database.stop();
                                    database.startAgain();
                                }),
                        "/run-retention",
                                exchange -> done(
                                        exchange,
                                        form -> RetentionPass.over(
                                                database, Duration.ofSeconds(Long.parseLong(form.get(0))))),
                        "/mint-with",
                                exchange -> done(
                                        exchange,
                                        form -> controlPlane.restart(Map.of(
                                                ReplicaSecrets.SYNC_KEY_ID,
                                                form.get(0),
                                                ReplicaSecrets.SYNC_KEY,
                                                form.get(1)))),
                        "/trust-internal",
                                exchange -> done(
                                        exchange,
                                        form -> controlPlane.restart(Map.of(ReplicaSecrets.INTERNAL, form.get(0)))),
                        "/restore-control-plane",
                                exchange -> done(
                                        exchange,
                                        form -> controlPlane.restart(
                                                secrets.ofControlPlane(Replica.SYNC_ISSUER, Replica.USER))))));
        return server.uri();
    }

    private static void done(HttpExchange exchange, Consumer<List<String>> deed) throws IOException {
        deed.accept(List.of(JsonServer.body(exchange).split("\\s+")));
        JsonServer.answer(exchange, 200, Map.of("done", true));
    }

    private static Map<String, String> commands(URI operator) {
        var curl = "curl -fsS -X POST " + operator + "/";
        return Map.of(
                "restart-database", curl + "restart-database",
                "run-retention", curl + "run-retention -d \"$HORIZON_SECONDS\"",
                "mint-with", "printf '%s %s' \"$KEY_ID\" \"$KEY\" | " + curl + "mint-with -d @-",
                "trust-internal", "printf %s \"$SECRET\" | " + curl + "trust-internal -d @-",
                "restore-control-plane", curl + "restore-control-plane");
    }

    private String relayed(URI uri) throws IOException {
        return "http://" + address + ":" + relayed(uri.getPort());
    }

    private int relayed(int port) throws IOException {
        return opened(Relay.at(address, port)).port();
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(() -> {
            try {
                part.close();
            } catch (Exception e) {
                throw new IOException("a part did not close", e);
            }
        });
        return part;
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
