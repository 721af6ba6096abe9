package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.kubernetes.IngressRules.Way;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the network policies that select the runtime pods (contract 1.5). Policies add up: each may only let in more. */
final class NetworkPolicyReader {
    private static final Map<String, String> POD = Map.of("app", KubernetesSystem.NAME);

    private final KubernetesClient client;
    private final Reads reads;

    NetworkPolicyReader(KubernetesClient client, Reads reads) {
        this.client = client;
        this.reads = reads;
    }

    IngressRules ingress(String heldAgainst) {
        var list = reads.ask(
                "list networkpolicies",
                () -> Pages.read(
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(reads.kubectl().namespace()),
                        policy -> Optional.of(policy)
                                .filter(NetworkPolicyReader::isForIngress)
                                .filter(found -> selects(found.getSpec().getPodSelector()))));
        var selecting = list.items();
        var ways = selecting.stream()
                .flatMap(policy -> ways(policy).stream())
                .distinct()
                .toList();
        var arguments = "get networkpolicies -o yaml";
        reads.saw(
                "Who may open connections to the runtime pods",
                arguments,
                ways.stream().map(NetworkPolicyReader::row).toList(),
                heldAgainst,
                Instant.now(),
                list.version());
        return new IngressRules(
                selecting.stream().map(policy -> policy.getMetadata().getName()).toList(),
                ways,
                reads.kubectl().command(arguments));
    }

    private static boolean isForIngress(NetworkPolicy policy) {
        var types = policy.getSpec().getPolicyTypes();
        return types == null || types.isEmpty() || types.contains("Ingress");
    }

    /** Selectors by expressions are rare here and taken to select, so that nothing they let in is missed. */
    private static boolean selects(LabelSelector selector) {
        var wanted = selector == null || selector.getMatchLabels() == null
                ? Map.<String, String>of()
                : selector.getMatchLabels();
        return POD.entrySet().containsAll(wanted.entrySet());
    }

    private static List<Way> ways(NetworkPolicy policy) {
        var ways = new ArrayList<Way>();
        for (var rule : policy.getSpec().getIngress()) {
            for (var from : sources(rule)) {
                for (var port : ports(rule)) {
                    ways.add(new Way(policy.getMetadata().getName(), from, port));
                }
            }
        }
        return ways;
    }

    private static List<String> sources(NetworkPolicyIngressRule rule) {
        return rule.getFrom() == null || rule.getFrom().isEmpty()
                ? List.of("everybody")
                : rule.getFrom().stream().map(NetworkPolicyReader::source).toList();
    }

    private static String source(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return "addresses " + peer.getIpBlock().getCidr();
        }
        var pods = peer.getPodSelector() == null ? "every pod" : selected("pods", peer.getPodSelector());
        return peer.getNamespaceSelector() == null
                ? pods + " of this namespace"
                : pods + " of " + selected("namespaces", peer.getNamespaceSelector());
    }

    private static String selected(String things, LabelSelector selector) {
        var words = new ArrayList<String>();
        if (selector.getMatchLabels() != null) {
            new TreeMap<>(selector.getMatchLabels()).forEach((label, value) -> words.add(label + "=" + value));
        }
        if (selector.getMatchExpressions() != null) {
            selector.getMatchExpressions()
                    .forEach(expression -> words.add(
                            expression.getKey() + " " + expression.getOperator() + " " + expression.getValues()));
        }
        return words.isEmpty() ? "all " + things : things + " " + String.join(",", words);
    }

    private static List<String> ports(NetworkPolicyIngressRule rule) {
        return rule.getPorts() == null || rule.getPorts().isEmpty()
                ? List.of("every port")
                : rule.getPorts().stream().map(NetworkPolicyReader::port).toList();
    }

    private static String port(NetworkPolicyPort port) {
        var protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
        if (port.getPort() == null) {
            return protocol + " every port";
        }
        var number = port.getPort().getIntVal() != null
                ? String.valueOf(port.getPort().getIntVal())
                : port.getPort().getStrVal();
        return protocol + " " + number + (port.getEndPort() == null ? "" : "-" + port.getEndPort());
    }

    private static Map<String, String> row(Way way) {
        var row = new LinkedHashMap<String, String>();
        row.put("policy", way.policy());
        row.put("from", way.from());
        row.put("port", way.port());
        return row;
    }
}
