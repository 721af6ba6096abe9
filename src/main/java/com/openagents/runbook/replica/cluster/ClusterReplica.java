package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.OpenedParts;
import com.openagents.runbook.replica.cluster.api.ApiServer;
import com.openagents.runbook.replica.cluster.api.ApiServerOptions;
import com.openagents.runbook.replica.cluster.controller.ControllerContext;
import com.openagents.runbook.replica.cluster.controller.Controllers;
import com.openagents.runbook.replica.cluster.controller.Events;
import com.openagents.runbook.replica.cluster.controller.Informers;
import com.openagents.runbook.replica.cluster.node.ImageStore;
import com.openagents.runbook.replica.cluster.node.LogStore;
import com.openagents.runbook.replica.cluster.node.Loopback;
import com.openagents.runbook.replica.cluster.node.Node;
import com.openagents.runbook.replica.cluster.node.NodeDials;
import com.openagents.runbook.replica.cluster.node.ServiceProxy;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A cluster of one node on this machine with the runtime's staging deployment in it. */
public final class ClusterReplica implements AutoCloseable {
    /** The image of the release that is deployed; each release has a tag of its own. */
    public static final String IMAGE = "us-central1-docker.pkg.dev/openagents-replica/runtime/runtime:7c1f0a94e2b3";

    /** The image of the release before it, to which a rollback goes. */
    public static final String PREVIOUS_IMAGE = IMAGE.replaceFirst(":[^:]*$", ":51d0be83fa76");

    private static final Duration FIRST_REVISION_LIMIT = Duration.ofSeconds(20);
    private static final String CONTEXT = "replica";
    private static final String NAMESPACE = "openagents-staging";

    private final ClusterOptions options;
    private final OpenedParts parts = new OpenedParts("the cluster");
    private final ImageStore images = new ImageStore();
    private final NodeDials dials = new NodeDials();
    private ApiServer server;
    private KubernetesClient client;
    private Path kubeconfig;
    private ClusterLog log;
    private Node node;
    private ServiceProxy proxy;

    private ClusterReplica(ClusterOptions options) {
        this.options = options;
    }

    /**
     * Starts the cluster and puts the runtime into it; {@link #awaitReady} waits for its pods.
     *
     * @throws IOException if this machine does not let it: no loopback addresses, no place to write
     */
    public static ClusterReplica start(ClusterOptions options) throws IOException {
        var cluster = new ClusterReplica(options);
        try {
            cluster.assemble();
            return cluster;
        } catch (IOException | RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private void assemble() throws IOException {
        Files.createDirectories(options.directory());
        var logs = parts.add(new LogStore(options.directory()));
        server = parts.add(ApiServer.start(ApiServerOptions.defaults().withLogs(logs)));
        kubeconfig = options.directory().resolve("kubeconfig");
        Files.writeString(kubeconfig, server.kubeconfig(NAMESPACE, CONTEXT));
        client = parts.add(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig(NAMESPACE, CONTEXT)))
                .build());
        log = parts.add(new ClusterLog(options.directory().resolve("cluster.log")));
        var loopback = parts.add(Loopback.claim());
        var clock = Clock.systemUTC();
        var events = parts.add(new Events(client, clock, log));
        var informers = parts.add(new Informers(client));
        var context = new ControllerContext(client, informers, events, clock, options.speed(), log);
        options.images().forEach(images::add);
        images.add(PREVIOUS_IMAGE, options.images().get(IMAGE));
        proxy = parts.add(new ServiceProxy(context, loopback));
        var names = new LocalNames((namespace, name) -> proxy.uri(namespace, name, "http"), options.environment());
        node = parts.add(new Node(context, images, loopback, dials, logs, names));
        parts.add(new Controllers(context, node.metrics()));
        deployTheReleaseBefore();
        informers.start();
        deploy();
        node.register();
    }

    /** With no pods, so it takes no time: all that is wanted of it is the revision that it leaves behind. */
    private void deployTheReleaseBefore() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        var manifests = new Manifests(client);
        client.resource(manifests.secrets(NAMESPACE, options.secrets())).create();
        client.resource(manifests.runtimeSet(PREVIOUS_IMAGE, 0)).serverSideApply();
    }

    private void deploy() {
        Awaitility.await("the revision of the release before")
                .atMost(FIRST_REVISION_LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !client.apps()
                        .controllerRevisions()
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems()
                        .isEmpty());
        new Manifests(client)
                .runtime()
                .forEach(object -> client.resource(object).serverSideApply());
    }

    /** Where the API's address and credentials are written for kubectl and other clients. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** A client with all rights. It ends with the cluster. */
    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return NAMESPACE;
    }

    public ClusterOptions options() {
        return options;
    }

    /** What can be pulled; more can be added while the cluster runs. */
    public ImageStore images() {
        return images;
    }

    /** For faults: what can go wrong on the node itself. */
    public NodeDials dials() {
        return dials;
    }

    /** For faults: the API server shows a time that is so much ahead of this machine's. */
    public void showTimeAhead(Duration time) {
        server.showTimeAhead(time);
    }

    /** For faults: kills the processes of a pod as a crash would. */
    public void crash(String pod) {
        node.crash(NAMESPACE, pod);
    }

    /** Where the runtime pods that are ready can be reached, in the order of their names; all of them if none is. */
    public List<URI> podAddresses() {
        return new RunningPods(client, NAMESPACE).addresses();
    }

    /**
     * What a key of the Secret {@code runtime-secrets} says now.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public String secretValue(String key) {
        var data = client.secrets()
                .inNamespace(NAMESPACE)
                .withName("runtime-secrets")
                .get()
                .getData();
        return Optional.ofNullable(data.get(key))
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no " + key + " in the Secret runtime-secrets"));
    }

    /**
     * Where a Service can be reached on this machine.
     *
     * @throws IllegalArgumentException if there is no such Service or port
     */
    public URI serviceUri(String service, String portName) {
        return proxy.uri(NAMESPACE, service, portName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no Service " + service + " with a port " + portName + " and an address of its own"));
    }

    /** How many times faster than written things take their course. */
    public double speed() {
        return options.speed();
    }

    /**
     * Waits until all pods are ready and everything that watches them has noticed.
     *
     * @param progress told what is waited for, whenever that changes
     * @throws IllegalStateException if that takes too long; the message says what the pods say
     */
    public void awaitReady(Duration limit, Consumer<String> progress) {
        new Readiness(client, NAMESPACE, options.directory()).await(limit, progress);
    }

    /**
     * Deletes every runtime pod and waits for its successor, as when nodes are drained: no restart is counted, and what
     * {@link #dials} say holds for the new processes.
     */
    public void replacePods(Duration limit, Consumer<String> progress) {
        new RunningPods(client, NAMESPACE).replace(limit);
        awaitReady(limit, progress);
    }

    /** Runs the Jobs runtime-migrate and runtime-smoke, as the post-deploy gate does. */
    public SmokeGate.Result runSmokeGate(Duration limit, Consumer<String> progress) {
        return new SmokeGate(client, NAMESPACE).run(limit, progress);
    }

    /** Ends all processes and everything else at once. */
    @Override
    public void close() {
        try {
            parts.close();
        } catch (IllegalStateException failure) {
            if (log != null) {
                log.accept("close: " + failure);
            }
        }
    }
}
