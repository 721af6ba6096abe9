package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;

/** What can be wrong with who may reach the pods. */
final class NetworkFaults {
    private static final String NAME = "runtime-ingress";

    private NetworkFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(new ClusterFault(
                "network-policy-lets-all-in",
                "A rule without a source was added to the network policy, so everybody reaches the internal API.",
                "everybody to TCP 4000 was added",
                objects -> Objects.edit(
                        policy(objects),
                        policy -> new NetworkPolicyBuilder(policy)
                                .editSpec()
                                .addNewIngress()
                                .addNewPort()
                                .withProtocol("TCP")
                                .withNewPort(4000)
                                .endPort()
                                .endIngress()
                                .endSpec()
                                .build()),
                objects -> policy(objects).get().getSpec().getIngress().size() == 3));
    }

    private static Resource<NetworkPolicy> policy(Objects objects) {
        return objects.cluster()
                .client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(objects.namespace())
                .withName(NAME);
    }
}
