package com.openagents.runbook.replica.faults;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue of the faults of the running service. */
public final class ReplicaFaults {
    private ReplicaFaults() {}

    public static List<ReplicaFault> all() {
        return Stream.of(
                        MonitoringFaults.all(),
                        LogFaults.all(),
                        AlertFaults.all(),
                        RunFaults.all(),
                        ToolFaults.all(),
                        PolicyFaults.all(),
                        SyncFaults.all(),
                        CloudRunFaults.all(),
                        DrillFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
