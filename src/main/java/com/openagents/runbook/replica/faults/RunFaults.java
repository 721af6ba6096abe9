package com.openagents.runbook.replica.faults;

import static com.openagents.runbook.replica.faults.ActedFault.acted;

import com.openagents.runbook.replica.runtime.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What can go wrong with runs and their leases (runbook 4A, 4B). */
final class RunFaults {
    private static final int STREAMS = 150;
    private static final int ENDINGS = 6;
    private static final int CANCELS = 60;
    private static final int LOST = 40;
    private static final int STALE = 3;
    private static final String NEVER_MS = "86400000";

    private RunFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                acted("clients-leave", "clients open streams and go away before their time is over", bench -> {
                    var run = bench.client().createRun();
                    IntStream.range(0, STREAMS).forEach(i -> bench.client().openStreamAndLeave(run));
                }),
                new ActedFault(
                        "finish-lost",
                        "runs end without their last event",
                        Set.of(ProcessFaults.FINISH_LOST),
                        Map.of(),
                        RunFaults::endRuns),
                new ActedFault(
                        "run-finishes-twice",
                        "runs say twice that they are finished, as when two pods end them",
                        Set.of(ProcessFaults.RUN_FINISHES_TWICE),
                        Map.of(),
                        RunFaults::endRuns),
                new ActedFault(
                        "summary-behind-status",
                        "the summaries of runs are made before their status, and not again (C8)",
                        Set.of(ProcessFaults.SUMMARY_BEFORE_STATUS),
                        Map.of(),
                        RunFaults::endRunsSomeSecondsAgo),
                acted("event-deleted", "somebody deleted an event of a run by hand", RunFaults::deleteEvent),
                acted("cancel-storm", "a client cancels every run it started", bench -> {
                    for (int i = 0; i < CANCELS; i++) {
                        bench.client().cancel(bench.client().createRun(), "client timed out");
                    }
                }),
                FiringAlert.firing(
                        new ActedFault(
                                "lease-steal-storm",
                                "pods keep the lease of a run that waits, so janitors take it for lost (C1)",
                                Set.of(ProcessFaults.IDLE_RUNS_FAIL),
                                Map.of("OA_REPLICA_LEASE_TTL_MS", "2000", "OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "200"),
                                bench -> {
                                    startRuns(bench, LOST);
                                    bench.await(
                                            "every run to lose its executor once",
                                            () -> Workbench.expect(bench.count("SELECT count(*) FROM runtime.run_events"
                                                            + " WHERE event_type = 'run.executor_lost'")
                                                    >= LOST));
                                }),
                        bench -> startRuns(bench, 1),
                        "OpenAgentsRuntimeLeaseStealRateHigh"),
                new ActedFault(
                        "idle-runs-fail",
                        "runs that wait are taken for lost until the janitor gives them up (C1)",
                        Set.of(ProcessFaults.IDLE_RUNS_FAIL),
                        Map.of(
                                "OA_REPLICA_LEASE_TTL_MS", "2000",
                                "OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "200",
                                "OA_REPLICA_JANITOR_RECOVERY_COOLDOWN_MS", "200"),
                        bench -> {
                            var run = startRuns(bench, 1).get(0);
                            bench.await(
                                    "the janitor to give up run " + run,
                                    () -> Workbench.expect(bench.statusOf(run).equals("failed")));
                        }),
                new ActedFault(
                        "janitor-stopped",
                        "no janitor goes its rounds, and a pod that died five minutes ago left leases behind",
                        Set.of(),
                        Map.of("OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", NEVER_MS),
                        RunFaults::leaveLeases));
    }

    private static void endRuns(Workbench bench) {
        for (int i = 0; i < ENDINGS; i++) {
            var run = bench.client().createRun();
            bench.client().openStreamAndLeave(run);
            bench.end(run, "complete", "succeeded");
        }
    }

    private static void endRunsSomeSecondsAgo(Workbench bench) {
        endRuns(bench);
        bench.await(
                "the ends of the runs to be some seconds ago",
                () -> Workbench.expect(bench.count("SELECT count(*) FROM runtime.runs WHERE run_id LIKE 'fault-%' AND"
                                + " terminal_at < timezone('utc', now()) - interval '3 seconds'")
                        >= ENDINGS));
    }

    private static void deleteEvent(Workbench bench) throws Exception {
        var run = bench.client().createRun();
        bench.client().frame(run, "first", "user_message", Json.object("text", "hello"));
        bench.end(run, "complete", "succeeded");
        bench.execute("DELETE FROM runtime.run_events WHERE run_id = ? AND event_type = 'run.delta'", run);
    }

    /** Runs that have executed one frame and wait for the next. */
    private static List<String> startRuns(Workbench bench, int number) {
        var runs = IntStream.range(0, number)
                .mapToObj(i -> bench.client().createRun())
                .toList();
        runs.forEach(run -> bench.client().frame(run, "first", "user_message", Json.object("text", "hello")));
        return runs;
    }

    private static void leaveLeases(Workbench bench) throws Exception {
        for (int i = 0; i < STALE; i++) {
            var run = bench.client().createRun();
            bench.client().openStreamAndLeave(run);
            bench.execute("UPDATE runtime.runs SET status = 'running' WHERE run_id = ?", run);
            bench.execute(
                    "INSERT INTO runtime.run_leases (run_id, lease_owner, lease_expires_at, heartbeat_at, inserted_at,"
                            + " updated_at) SELECT ?, ?, t, t, t, t FROM"
                            + " (SELECT timezone('utc', now()) - interval '5 minutes' AS t) AS ended",
                    run,
                    "runtime@10.42.0.17:agent:" + run + ":<0.4711.0>");
        }
    }
}
