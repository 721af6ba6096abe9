package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;

/** What can be wrong with who may reach the runtime pods (contract 1.5). */
final class NetworkPolicyFaults {
    private static final String POLICY = "runtime-ingress";
    private static final String OPEN = "allow-debugging";
    private static final int DISTRIBUTION_PORT = 9000;

    private NetworkPolicyFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(distributionBlocked(), everybodyLetIn());
    }

    private static Fault<ClusterReplica> distributionBlocked() {
        return new ClusterFault(
                "distribution-blocked",
                "The network policy no longer lets the pods reach each other on the port of the distribution.",
                "pods app=runtime of this namespace to TCP 9000 is closed",
                objects -> policy(objects, POLICY)
                        .edit(found -> new NetworkPolicyBuilder(found)
                                .editSpec()
                                .editMatchingIngress(rule -> rule.buildPorts().stream()
                                        .anyMatch(port -> port.getPort().getIntVal() == DISTRIBUTION_PORT))
                                .removeMatchingFromPorts(
                                        port -> port.buildPort().getIntVal() == DISTRIBUTION_PORT)
                                .endIngress()
                                .endSpec()
                                .build()),
                objects -> policy(objects, POLICY).get().getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .noneMatch(port -> port.getPort().getIntVal() == DISTRIBUTION_PORT));
    }

    private static Fault<ClusterReplica> everybodyLetIn() {
        return new ClusterFault(
                "everybody-let-in",
                "A second network policy, left behind by somebody who looked for something, opens port 4000 to everybody.",
                "allow-debugging lets in everybody to TCP 4000",
                objects -> objects.cluster()
                        .client()
                        .resource(new NetworkPolicyBuilder()
                                .withNewMetadata()
                                .withName(OPEN)
                                .withNamespace(objects.namespace())
                                .endMetadata()
                                .withNewSpec()
                                .withNewPodSelector()
                                .withMatchLabels(Map.of("app", Objects.RUNTIME))
                                .endPodSelector()
                                .withPolicyTypes("Ingress")
                                .addNewIngress()
                                .addNewPort()
                                .withProtocol("TCP")
                                .withPort(new IntOrString(4000))
                                .endPort()
                                .endIngress()
                                .endSpec()
                                .build())
                        .create(),
                objects -> policy(objects, OPEN).get() != null);
    }

    private static Resource<NetworkPolicy> policy(Objects objects, String name) {
        return objects.cluster()
                .client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(objects.namespace())
                .withName(name);
    }
}
