package com.openagents.runbook.replica.faults;

import static com.openagents.runbook.replica.faults.ActedFault.acted;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.spend.Reservations;
import com.openagents.runbook.replica.runtime.spend.Reservations.Answer;
import com.openagents.runbook.replica.runtime.spend.Reservations.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can go wrong with policy and budgets (runbook 4D). */
final class PolicyFaults {
    private static final int DENIALS = 34;
    private static final int OTHER_DENIALS = 6;
    private static final int REPEATS = 25;
    private static final long BUDGET = 100;

    private PolicyFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                FiringAlert.firing(
                        acted(
                                        "budget-exhausted",
                                        "nearly every denial has the same reason, an exhausted budget",
                                        PolicyFaults::callWithoutBudget)
                                .mendedBy(bench -> spend(bench, "auth-fault-7", "max_total_sats = 2 * max_total_sats")),
                        bench -> bench.client().callTool(Map.of()),
                        "OpenAgentsRuntimePolicyDenialAnomaly"),
                acted("budget-drained", "a delegated budget is nearly spent", bench -> {
                    var authorization = authorize(bench, "auth-fault-drained");
                    var key = reserve(bench, authorization, BUDGET * 95 / 100, InstantSource.system());
                    bench.reservations(InstantSource.system()).commit(key);
                }),
                acted("budget-revoked", "a delegated budget was revoked while it was in use", bench -> {
                    var authorization = authorize(bench, "auth-fault-revoked");
                    reserve(bench, authorization, BUDGET / 10, InstantSource.system());
                    bench.execute(
                            "UPDATE runtime.spend_authorizations SET revoked_at = timezone('utc', now()),"
                                    + " updated_at = timezone('utc', now()) WHERE authorization_id = ?",
                            authorization);
                }),
                new ActedFault(
                        "stuck-reservations-stay",
                        "a call that nobody settled keeps its sats set aside (C18)",
                        Set.of(ProcessFaults.STUCK_RESERVATIONS_STAY),
                        Map.of(),
                        bench -> {
                            var system = InstantSource.system();
                            var earlier = (InstantSource) () -> system.instant().minus(Duration.ofMinutes(10));
                            reserve(bench, authorize(bench, "auth-fault-stuck"), BUDGET / 10, earlier);
                        }),
                acted("runaway-loop", "a run repeats the same frame until it is stopped", bench -> {
                    var run = bench.client().createRun();
                    for (int i = 0; i < REPEATS; i++) {
                        bench.client().frame(run, "frame-" + i, "agent_step", Json.object("plan", "look again"));
                    }
                    bench.await(
                            "the loop to be detected",
                            () -> Workbench.expect(bench.count(
                                            "SELECT count(*) FROM runtime.run_events WHERE run_id = ?"
                                                    + " AND event_type = 'run.loop_detected'",
                                            run)
                                    > 0));
                }));
    }

    /** Tool calls that nobody may pay: most of them from a budget that is used up, some from ones that deny. */
    private static void callWithoutBudget(Workbench bench) throws Exception {
        var run = bench.client().createRun();
        spend(bench, authorize(bench, "auth-fault-7"), "spent_sats = max_total_sats");
        for (int i = 0; i < DENIALS; i++) {
            call(bench, run, "used-up-" + i, "auth-fault-7");
        }
        for (int i = 0; i < OTHER_DENIALS; i++) {
            var authorization = "auth-fault-deny-" + i;
            spend(bench, authorize(bench, authorization), "mode = 'deny'");
            call(bench, run, "denied-" + i, authorization);
        }
        bench.end(run, "complete", "succeeded");
    }

    private static void call(Workbench bench, String run, String call, String authorization) {
        var payload = Json.object(
                "tool_call_id",
                call,
                "tool_name",
                "runtime.echo",
                "input",
                Json.object("call", call),
                "authorization_id",
                authorization,
                "amount_sats",
                1,
                "retry_class",
                Reservations.SAFE_RETRY);
        bench.client().frame(run, call, "tool.execute", payload);
    }

    private static void spend(Workbench bench, String authorization, String change) throws Exception {
        bench.execute(
                "UPDATE runtime.spend_authorizations SET " + change + " WHERE authorization_id = ?", authorization);
    }

    private static String authorize(Workbench bench, String authorization) throws Exception {
        bench.execute(
                "INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, max_total_sats, issued_at,"
                        + " inserted_at, updated_at) SELECT ?, ?, ?, t, t, t FROM (SELECT timezone('utc', now()) AS t) AS x",
                authorization,
                Replica.USER,
                BUDGET);
        return authorization;
    }

    private static Key reserve(Workbench bench, String authorization, long amount, InstantSource clock)
            throws Exception {
        var key = new Key(authorization, bench.client().createRun(), "call-1");
        var answer = bench.reservations(clock).reserve(key, amount, Reservations.SAFE_RETRY);
        if (answer != Answer.RESERVED) {
            throw new IllegalStateException("nothing was set aside: " + answer.word());
        }
        return key;
    }
}
