package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of the cluster's faults. */
public final class ClusterFaults {
    private ClusterFaults() {}

    public static List<Fault<ClusterReplica>> all() {
        return Stream.of(
                        ApiServerFaults.all(),
                        NetworkPolicyFaults.all(),
                        PodFaults.all(),
                        RolloutFaults.all(),
                        AutoscalerFaults.all(),
                        SmokeFaults.all(),
                        SecretFaults.all(),
                        GateFaults.all(),
                        RollbackFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
