package com.openagents.runbook.environment;

import com.openagents.runbook.system.kubernetes.Pages;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
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
    private static final int PORT = 4000;

    private final KubernetesClient client;
    private final String namespace;
    private final Silence silence;
    private final boolean forwarded;
    private final Map<String, LocalPortForward> forwards = new HashMap<>();

    private PodAddresses(KubernetesClient client, String namespace, Silence silence, boolean forwarded) {
        this.client = client;
        this.namespace = namespace;
        this.silence = silence;
        this.forwarded = forwarded;
    }

    /** Where this machine is in the network of the pods, or routed to it. */
    static PodAddresses direct(KubernetesClient client, String namespace, Silence silence) {
        return new PodAddresses(client, namespace, silence, false);
    }

    /** Through the API server; no network policy is in the way of that. */
    static PodAddresses forwarded(KubernetesClient client, String namespace, Silence silence) {
        return new PodAddresses(client, namespace, silence, true);
    }

    /** @throws com.openagents.runbook.evidence.CouldNotCheck if the API server refuses or does not answer */
    @Override
    public Map<String, URI> get() {
        return asked(pod -> true);
    }

    /** Of the pods that a Service would route to, in the order of their names. */
    List<URI> ready() {
        return List.copyOf(asked(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
                .values());
    }

    private synchronized Map<String, URI> asked(Predicate<Pod> wanted) {
        var pods = silence.ask(
                forwarded ? "list pods, get pods/portforward" : "list pods",
                () -> Pages.all(client.pods().inNamespace(namespace).withLabel("app", "runtime")));
        endAllBut(pods.stream().map(pod -> pod.getMetadata().getUid()).toList());
        var addresses = new TreeMap<String, URI>();
        pods.stream()
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .filter(wanted)
                .forEach(pod -> addresses.put(pod.getMetadata().getName(), address(pod)));
        return addresses;
    }

    private void endAllBut(List<String> uids) {
        forwards.keySet().stream().filter(uid -> !uids.contains(uid)).toList().forEach(this::end);
    }

    private URI address(Pod pod) {
        if (!forwarded) {
            return URI.create("http://" + pod.getStatus().getPodIP() + ":" + PORT);
        }
        var forward = forwards.computeIfAbsent(
                pod.getMetadata().getUid(),
                uid -> client.pods()
                        .inNamespace(namespace)
                        .withName(pod.getMetadata().getName())
                        .portForward(PORT, InetAddress.getLoopbackAddress(), 0));
        return URI.create("http://127.0.0.1:" + forward.getLocalPort());
    }

    private void end(String uid) {
        try {
            forwards.remove(uid).close();
        } catch (IOException alreadyGone) {
            // With its pod.
        }
    }

    @Override
    public synchronized void close() {
        endAllBut(List.of());
    }
}
