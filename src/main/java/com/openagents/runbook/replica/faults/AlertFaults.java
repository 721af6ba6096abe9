package com.openagents.runbook.replica.faults;

import static com.openagents.runbook.replica.faults.FiringAlert.firing;
import static com.openagents.runbook.replica.faults.FiringAlert.repeated;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Reprojection;
import com.openagents.runbook.replica.runtime.sync.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Defects that clients and ordinary traffic turn into an alert of the real Prometheus. */
final class AlertFaults {
    private static final int FRAMES = 40;

    private AlertFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                firing(
                        new ProcessFault(
                                "unknown-kid",
                                "the pods trust another key id than the token mint signs with, so clients are refused",
                                Set.of(),
                                Map.of("OA_SYNC_TOKEN_KEY_ID", "sync-auth-v0")),
                        "OpenAgentsRuntimeSyncSocketAuthFailureRatioHigh"),
                firing(
                        new ProcessFault(
                                "heartbeat-lost",
                                "the pods wait for heartbeats more briefly than clients send them, so sockets time out",
                                Set.of(),
                                Map.of(
                                        "OA_REPLICA_KHALA_SYNC_HEARTBEAT_INTERVAL_MS", "100",
                                        "OA_REPLICA_KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", "300")),
                        "OpenAgentsRuntimeSyncSocketTimeoutRateHigh"),
                repeated(
                        "streams-time-out",
                        "streams end before their runs do, and nobody resumes them",
                        AlertFaults::followBriefly,
                        "OpenAgentsRuntimeStreamDoneRatioLow"),
                repeated(
                        "stale-cursor-loop",
                        "a client comes back with the same stale cursor over and over",
                        bench -> bench.oddClient().resume(Topics.NOTIFICATIONS),
                        "OpenAgentsRuntimeSyncStaleCursorSpike"),
                firing(
                        new ProcessFault(
                                "reconnect-storm",
                                "clients fall silent, are cut off, and come back only to fall silent again",
                                Set.of(),
                                Map.of("OA_REPLICA_KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", "5000")),
                        bench -> bench.oddClient().fallSilent(Topics.NOTIFICATIONS),
                        "OpenAgentsRuntimeSyncSocketTimeoutRateHigh"),
                firing(
                        new DamagedDatabase(
                                "http-5xx",
                                "requests for workers are answered with server errors",
                                "REVOKE SELECT ON runtime.codex_workers FROM oa_runtime_rw, oa_runtime_owner",
                                "GRANT SELECT ON runtime.codex_workers TO oa_runtime_rw, oa_runtime_owner"),
                        bench -> bench.client().listWorkers(),
                        "OpenAgentsRuntimeHttp5xxRateHigh"),
                firing(
                        DamagedDatabase.doing(
                                "slow-executor",
                                "the database takes its time over the first frame of every run",
                                "UPDATE OF last_processed_frame_id",
                                "runtime.runs",
                                "IF OLD.last_processed_frame_id = 0 THEN PERFORM pg_sleep(6); END IF; RETURN NEW;"),
                        "OpenAgentsRuntimeExecutorLatencyP95High"),
                firing(
                        DamagedDatabase.doing(
                                "projection-lag",
                                "checkpoints of projections stay where they are",
                                "UPDATE",
                                "runtime.khala_projection_checkpoints",
                                "RETURN NULL;"),
                        AlertFaults::feedARun,
                        "OpenAgentsRuntimeKhalaProjectionLagP95High"),
                firing(
                        DamagedDatabase.doing(
                                "projection-hash-mismatch",
                                "what is written is not what the checkpoint says was written",
                                "INSERT OR UPDATE",
                                "runtime.khala_projection_checkpoints",
                                "NEW.summary_hash = md5(NEW.summary_hash); RETURN NEW;"),
                        "OpenAgentsRuntimeKhalaProjectionHashMismatchDetected",
                        "OpenAgentsRuntimeKhalaProjectionDriftIncidentsHigh"),
                firing(
                        DamagedDatabase.doing(
                                "projection-not-written",
                                "the database refuses the checkpoints of projections",
                                "INSERT OR UPDATE",
                                "runtime.khala_projection_checkpoints",
                                "RAISE EXCEPTION ''no space left'';"),
                        "OpenAgentsRuntimeKhalaProjectionWriteFailureRatioHigh"),
                firing(
                        DamagedDatabase.doing(
                                "replay-failure",
                                "the checkpoint of a projection cannot be taken back, so no replay succeeds",
                                "DELETE",
                                "runtime.khala_projection_checkpoints",
                                "RAISE EXCEPTION ''no space left'';"),
                        AlertFaults::replayARun,
                        "OpenAgentsRuntimeKhalaProjectionReplayFailures"));
    }

    private static void followBriefly(Workbench bench) {
        var run = bench.client().createRun();
        bench.client().frame(run, "first", "user_message", Json.object("text", "hello"));
        bench.client().followBriefly(run);
        bench.end(run, "complete", "succeeded");
    }

    private static void replayARun(Workbench bench) throws Exception {
        var run = bench.client().createRun();
        bench.end(run, "complete", "succeeded");
        bench.await(
                "the run to be projected",
                () -> Workbench.expect(bench.count(
                                "SELECT count(*) FROM runtime.khala_projection_checkpoints WHERE entity_id = ?", run)
                        == 1));
        var pod = bench.replica().cluster().podAddresses().get(0).getHost();
        bench.count(
                "SELECT count(pg_notify(?, ?))",
                Reprojection.CHANNEL,
                Json.write(Json.object("node", "runtime@" + pod, "run_id", run)));
    }

    private static void feedARun(Workbench bench) {
        var run = bench.client().createRun();
        for (int i = 0; i < FRAMES; i++) {
            bench.client().frame(run, "frame-" + i, "user_message", Json.object("text", "word " + i));
        }
        bench.end(run, "complete", "succeeded");
    }
}
