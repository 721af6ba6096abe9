package com.openagents.runbook.replica;

import com.openagents.runbook.replica.controlplane.ControlPlaneReplica;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.http.Relay;
import com.openagents.runbook.replica.provider.ProviderReplica;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The runtime of the replica in a real cluster, beside the replica's database, control plane and provider on this machine,
 * and an environment file that says how to reach it all, written when all is ready. It stays until standard input ends.
 */
public final class RealCluster implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final String address;
    private final OpenedParts parts = new OpenedParts("the runtime in the cluster");

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
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void open(Path kubeconfig, String image, String before, Path environment) throws IOException {
        var database =
                parts.add(DatabaseReplica.start(DatabaseOptions.defaults().alsoAt(address)));
        var url = database.ectoUrl(DatabaseReplica.DEV)
                .replace(database.host() + ":" + database.port(), address + ":" + database.port());
        var secrets = ReplicaSecrets.random(url);
        var log = Files.createTempFile("control-plane", ".log");
        parts.add(() -> Files.delete(log));
        var provider = parts.add(ProviderReplica.start(secrets.provider()));
        var controlPlane =
                parts.add(ControlPlaneReplica.start(secrets.ofControlPlane(Replica.SYNC_ISSUER, Replica.USER), log));
        Yesterday.in(database);

        parts.add(() -> client.namespaces().withName(namespace).delete());
        var beside = DeployedRuntime.beside(relayed(controlPlane.uri()), relayed(provider.uri()));
        new DeployedRuntime(client, namespace, beside).apply(secrets.runtime(), image, before);
        autoscale();
        var operator = parts.add(RealOperator.start(database, controlPlane, secrets));
        publish(describe(kubeconfig, database, controlPlane, secrets, operator), environment);
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

    /** Whoever waits for the file finds all of it. */
    private static void publish(String yaml, Path environment) throws IOException {
        var written = environment.resolveSibling(environment.getFileName() + ".tmp");
        Files.writeString(written, yaml);
        Files.move(written, environment, StandardCopyOption.ATOMIC_MOVE);
    }

    private String describe(
            Path kubeconfig,
            DatabaseReplica database,
            ControlPlaneReplica controlPlane,
            ReplicaSecrets secrets,
            RealOperator operator)
            throws IOException {
        var service =
                client.services().inNamespace(namespace).withName("runtime").get();
        var uri = "http://" + service.getSpec().getClusterIP();
        var pods = System.getProperty("pods", "address");
        var runtimeSecret = "secret:" + namespace + "/runtime-secrets/";
        var token = secretFile(secrets.apiToken());
        var password = secretFile(database.password(DatabaseReplica.POSTGRES));
        var context = Config.fromKubeconfig(Files.readString(kubeconfig)).getCurrentContext();
        return Serialization.asYaml(Map.of(
                "kind", "live",
                "description", "the replica's runtime in a real cluster",
                "allows", List.of("drill", "gate"),
                "drills", Map.of("clients", Integer.getInteger("clients", 500), "operator", operator.commands()),
                "systems",
                        Map.of(
                                "kubernetes",
                                Map.of(
                                        "context",
                                        context.getName(),
                                        "kubeconfig",
                                        kubeconfig.toString(),
                                        "namespace",
                                        namespace,
                                        "pods",
                                        pods),
                                "database",
                                Map.of(
                                        "url", "jdbc:postgresql://" + database.host() + ":" + database.port() + "/",
                                        "user", DatabaseReplica.POSTGRES,
                                        "password", "file:" + password),
                                "runtime",
                                Map.of(
                                        "url",
                                        pods.equals("api-proxy") ? pods : uri,
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

    private Path secretFile(String secret) throws IOException {
        var file = Files.createTempFile("secret", "");
        Files.writeString(file, secret);
        parts.add(() -> Files.delete(file));
        return file;
    }

    private String relayed(URI uri) throws IOException {
        return "http://" + address + ":" + relayed(uri.getPort());
    }

    private int relayed(int port) throws IOException {
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return parts.add(Relay.at(address, () -> here)).port();
    }

    @Override
    public void close() {
        parts.close();
    }
}
