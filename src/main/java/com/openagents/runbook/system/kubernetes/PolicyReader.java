package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the network policy of the runtime as lines that people can compare. */
final class PolicyReader {
    private static final String NAME = "runtime-ingress";

    private final KubernetesClient client;
    private final Reads reads;

    PolicyReader(KubernetesClient client, Reads reads) {
        this.client = client;
        this.reads = reads;
    }

    IngressPolicy ingress(String heldAgainst) {
        var found = reads.ask(
                "get networkpolicies",
                () -> client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(NAME)
                        .get());
        var rules = new ArrayList<String>();
        if (found != null) {
            Optional.ofNullable(found.getSpec().getIngress())
                    .orElse(List.of())
                    .forEach(rule -> rules.addAll(lines(rule)));
        }
        var policy = new IngressPolicy(found != null, rules.stream().sorted().toList(), Instant.now(), reads.kubectl());
        reads.saw(
                "Network policy of the runtime pods",
                "describe networkpolicy " + NAME,
                policy.rules().stream().map(line -> Map.of("lets in", line)).toList(),
                heldAgainst,
                policy.at(),
                found == null ? "" : Reads.version(found));
        return policy;
    }

    private static List<String> lines(NetworkPolicyIngressRule rule) {
        var ports = Optional.ofNullable(rule.getPorts()).orElse(List.of()).stream()
                .map(port -> port.getProtocol() + " " + port.getPort().getValue())
                .sorted()
                .toList();
        var to = ports.isEmpty() ? "every port" : String.join(", ", ports);
        var from = Optional.ofNullable(rule.getFrom()).orElse(List.of());
        return from.isEmpty()
                ? List.of("everybody to " + to)
                : from.stream().map(peer -> source(peer) + " to " + to).toList();
    }

    private static String source(NetworkPolicyPeer peer) {
        var pods = peer.getPodSelector() == null ? "every pod" : "pods " + labels(peer.getPodSelector());
        return peer.getNamespaceSelector() == null
                ? pods
                : pods + " in namespaces " + labels(peer.getNamespaceSelector());
    }

    private static String labels(LabelSelector selector) {
        var labels =
                new TreeMap<>(Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of()));
        return labels.isEmpty() ? "without a condition" : labels.toString().replaceAll("[{}]", "");
    }
}
