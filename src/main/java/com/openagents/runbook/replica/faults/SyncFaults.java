package com.openagents.runbook.replica.faults;

import static com.openagents.runbook.replica.faults.ActedFault.acted;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.Yesterday;
import com.openagents.runbook.replica.controlplane.ControlPlane;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What can go wrong with sync tokens, sockets and retention (runbook 4F, 4G). */
final class SyncFaults {
    private static final String RETENTION_INTERVAL = "OA_REPLICA_KHALA_SYNC_RETENTION_INTERVAL_MS";
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String NEVER_MS = "86400000";

    private SyncFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                new ProcessFault(
                        "expired-tokens-accepted",
                        "the sync socket opens for tokens that have expired",
                        Set.of(ProcessFaults.EXPIRED_TOKENS_ACCEPTED),
                        Map.of()),
                new ProcessFault(
                        "refusals-unnamed",
                        "refused sync tokens are counted without their reason",
                        Set.of(ProcessFaults.REFUSALS_UNNAMED),
                        Map.of()),
                new OtherMint(
                        "mint-key-unknown",
                        "the token mint signs with a key that no pod knows",
                        () -> Map.of(
                                "OA_SYNC_TOKEN_KEY_ID",
                                "sync-auth-v2",
                                "OA_SYNC_TOKEN_SIGNING_KEY",
                                UUID.randomUUID().toString())),
                new OtherMint(
                        "issuer-mismatch",
                        "the token mint names another issuer than the pods expect",
                        () -> Map.of("OA_SYNC_TOKEN_ISSUER", "https://openagents-other.test")),
                new OtherMint(
                        "mint-down",
                        "the token mint gives out no sync tokens",
                        () -> Map.of("OA_SYNC_TOKEN_ENABLED", "false")),
                FiringAlert.firing(
                        new OtherMint(
                                "expired-tokens",
                                "the clock of the token mint is ten minutes behind, so tokens have expired when they are given out",
                                () -> Map.of(ControlPlane.CLOCK_BEHIND, "600")),
                        "OpenAgentsRuntimeSyncSocketAuthFailureRatioHigh"),
                FiringAlert.firing(
                        new OtherMint(
                                "mint-signing-error",
                                "the token mint has no key to sign with",
                                () -> Map.of("OA_SYNC_TOKEN_SIGNING_KEY", "")),
                        "OpenAgentsKhalaTokenMintFailureRatioHigh"),
                new ProcessFault(
                        "heartbeat-misconfigured",
                        "the sync socket sends its heartbeat once a minute",
                        Set.of(),
                        Map.of("OA_REPLICA_KHALA_SYNC_HEARTBEAT_INTERVAL_MS", "60000")),
                new ActedFault(
                        "retention-stopped",
                        "nobody removes what is older than a day from the sync journal",
                        Set.of(),
                        Map.of(RETENTION_INTERVAL, NEVER_MS),
                        bench -> Yesterday.in(bench.replica().database())),
                acted("retention-shortened", "retention ran with a horizon of a second instead of a day", bench -> {
                    endARun(bench);
                    bench.await(
                            "updates to be older than a second",
                            () -> Workbench.expect(bench.retention(A_SECOND).cycle() > 0));
                }),
                new ActedFault(
                        "noop-sink",
                        "projections are counted as written, and no client hears of them (C9)",
                        Set.of(ProcessFaults.NOOP_SINK),
                        Map.of(),
                        SyncFaults::endARun),
                new ProcessFault(
                        "replay-skips",
                        "a client that resumes is not given every update",
                        Set.of(ProcessFaults.REPLAY_SKIPS),
                        Map.of()),
                new ProcessFault(
                        "replay-repeats",
                        "a client that resumes is given some updates twice",
                        Set.of(ProcessFaults.REPLAY_REPEATS),
                        Map.of()),
                new ProcessFault(
                        "empty-topic-has-no-floor",
                        "once retention has emptied a topic, a client that missed something is not told (C10)",
                        Set.of(ProcessFaults.EMPTY_TOPIC_HAS_NO_FLOOR),
                        Map.of()));
    }

    private static void endARun(Workbench bench) {
        bench.end(bench.client().createRun(), "complete", "succeeded");
    }

    /** @param settings what the mint has in the place of its own */
    private record OtherMint(String id, String description, Supplier<Map<String, String>> settings)
            implements ReplicaFault {
        @Override
        public void inject(Replica replica) {
            replica.controlPlane().restart(settings.get());
        }

        @Override
        public void heal(Replica replica) {
            var right = new HashMap<>(replica.secrets().ofMint(Replica.SYNC_ISSUER));
            right.put(ControlPlane.CLOCK_BEHIND, "0");
            replica.controlPlane().restart(right);
        }
    }
}
