package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import java.time.Duration;
import java.util.List;

/** What can be wrong with the API server itself. */
final class ApiServerFaults {
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private ApiServerFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(new ClusterFault(
                "clocks-apart",
                "The clock of the API server is two hours behind that of this machine.",
                "no age can be judged",
                objects -> objects.cluster().showTimeAhead(TWO_HOURS.negated()),
                objects -> true));
    }
}
