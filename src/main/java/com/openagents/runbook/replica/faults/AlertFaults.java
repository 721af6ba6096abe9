package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.monitoring.ProgramsMissing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** Defects that ordinary traffic turns into an alert of the real Prometheus. */
final class AlertFaults {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private AlertFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                new FiringAlert(
                        "unknown-kid",
                        "the pods trust another key id than the token mint signs with, so clients are refused",
                        "OpenAgentsRuntimeSyncSocketAuthFailureRatioHigh",
                        Map.of("OA_SYNC_TOKEN_KEY_ID", "sync-auth-v0")),
                new FiringAlert(
                        "heartbeat-lost",
                        "the pods wait for heartbeats more briefly than clients send them, so sockets time out",
                        "OpenAgentsRuntimeSyncSocketTimeoutRateHigh",
                        Map.of(
                                "OA_REPLICA_KHALA_SYNC_HEARTBEAT_INTERVAL_MS", "100",
                                "OA_REPLICA_KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", "300")));
    }

    private record FiringAlert(ProcessFault pods, String alert) implements ReplicaFault {
        FiringAlert(String id, String description, String alert, Map<String, String> variables) {
            this(new ProcessFault(id, description, Set.of(), variables), alert);
        }

        @Override
        public String id() {
            return pods.id();
        }

        @Override
        public String description() {
            return pods.description();
        }

        @Override
        public void inject(Replica replica) {
            pods.inject(replica);
            try {
                replica.monitoring().open(waitedFor -> {});
            } catch (ProgramsMissing e) {
                throw new IllegalStateException("without Prometheus no alert can fire: " + e.getMessage(), e);
            }
            Awaitility.await("alert " + alert + " to fire")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> replica.monitoring().isFiring(alert));
        }

        @Override
        public void heal(Replica replica) {
            pods.heal(replica);
        }
    }
}
