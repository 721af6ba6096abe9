package com.openagents.runbook.environment;

import com.openagents.runbook.environment.EnvironmentFile.Kubernetes.Pods;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.kubernetes.Pages;
import com.openagents.runbook.system.kubernetes.Permission;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** From the name of each runtime pod to a base URL at which this machine reaches it, as of now: pods come and go. */
final class PodAddresses implements Supplier<Map<String, URI>>, AutoCloseable {
    static final String NO_SOCKETS =
            "the proxy of the API server carries no sync sockets, for it forgets the query of an"
                    + " upgrade, which holds the token: reach the pods by their address or by port-forward"
                    + " (systems.kubernetes.pods)";

    private static final String LIST = "list pods";
    private static final String FORWARD = "get pods/portforward";
    private static final int PORT = 4000;

    private final KubernetesClient client;
    private final String namespace;
    private final Silence silence;
    private final Pods way;
    private final Map<String, Opened> opened = new HashMap<>();
    private boolean mayForward;

    PodAddresses(KubernetesClient client, String namespace, Silence silence, Pods way) {
        this.client = client;
        this.namespace = namespace;
        this.silence = silence;
        this.way = way;
    }

    /**
     * What must be allowed to reach pods in this way.
     *
     * @param posts whether they are asked by a POST, too
     */
    static List<String> permissions(Pods way, boolean posts) {
        return switch (way) {
            case ADDRESS -> List.of(LIST);
            // A WebSocket begins with a GET; what is newer than Kubernetes 1.34 also wants to create.
            case PORT_FORWARD -> List.of(LIST, FORWARD, "create pods/portforward");
            case API_PROXY ->
                posts ? List.of(LIST, "get pods/proxy", "create pods/proxy") : List.of(LIST, "get pods/proxy");
        };
    }

    /** A port of this machine that leads to a pod. */
    interface Opened extends Closeable {
        int port();
    }

    /** @throws com.openagents.runbook.evidence.CouldNotCheck if the API server refuses or does not answer */
    @Override
    public Map<String, URI> get() {
        return asked(pod -> true);
    }

    /** As {@link #get}, for sync sockets. */
    Map<String, URI> forSockets() {
        if (!carriesSockets()) {
            throw new CouldNotCheck(NO_SOCKETS);
        }
        return get();
    }

    boolean carriesSockets() {
        return way != Pods.API_PROXY;
    }

    /** Of the pods that a Service would route to, in the order of their names. */
    List<URI> ready() {
        return List.copyOf(asked(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
                .values());
    }

    private synchronized Map<String, URI> asked(Predicate<Pod> wanted) {
        var pods = silence.ask(
                LIST, () -> Pages.all(client.pods().inNamespace(namespace).withLabel("app", "runtime")));
        endAllBut(pods.stream().map(pod -> pod.getMetadata().getUid()).toList());
        var addresses = new TreeMap<String, URI>();
        pods.stream()
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .filter(wanted)
                .forEach(pod -> addresses.put(pod.getMetadata().getName(), address(pod)));
        return addresses;
    }

    private void endAllBut(List<String> uids) {
        opened.keySet().stream().filter(uid -> !uids.contains(uid)).toList().forEach(this::end);
    }

    private URI address(Pod pod) {
        if (way == Pods.ADDRESS) {
            return URI.create("http://" + pod.getStatus().getPodIP() + ":" + PORT);
        }
        var port = opened.computeIfAbsent(
                        pod.getMetadata().getUid(),
                        uid -> open(pod.getMetadata().getName()))
                .port();
        return URI.create("http://127.0.0.1:" + port);
    }

    private Opened open(String pod) {
        return way == Pods.API_PROXY ? ApiProxy.to(client, namespace, pod, PORT) : forward(pod);
    }

    /** Asked before, for a forward that is not allowed only breaks each connection, and does not say why. */
    private void mayForward() {
        if (mayForward) {
            return;
        }
        try {
            mayForward = silence.ask(
                    "create selfsubjectaccessreviews",
                    () -> Permission.of(FORWARD).isGranted(client, namespace));
        } catch (CouldNotCheck notTold) {
            return;
        }
        if (!mayForward) {
            throw silence.forbidden(FORWARD);
        }
    }

    private Opened forward(String pod) {
        mayForward();
        var forward = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .portForward(PORT, InetAddress.getLoopbackAddress(), 0);
        return new Opened() {
            @Override
            public int port() {
                return forward.getLocalPort();
            }

            @Override
            public void close() throws IOException {
                forward.close();
            }
        };
    }

    private void end(String uid) {
        try {
            opened.remove(uid).close();
        } catch (IOException alreadyGone) {
            // With its pod.
        }
    }

    @Override
    public synchronized void close() {
        endAllBut(List.of());
    }
}
