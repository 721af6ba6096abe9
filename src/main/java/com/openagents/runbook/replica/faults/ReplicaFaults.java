package com.openagents.runbook.replica.faults;

import java.util.List;

/** The catalogue of the faults of the running service. */
public final class ReplicaFaults {
    private ReplicaFaults() {}

    public static List<ReplicaFault> all() {
        return MonitoringFaults.all();
    }
}
