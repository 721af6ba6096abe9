package com.openagents.runbook.replica.faults;

import static com.openagents.runbook.replica.faults.ActedFault.acted;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.provider.ProviderReplica;
import com.openagents.runbook.replica.runtime.comms.CommsKernel;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.tools.ToolCall;
import com.openagents.runbook.replica.runtime.tools.ToolInvocation.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What can go wrong with tools and their providers (runbook 4C, 4E). */
final class ToolFaults {
    private static final int FAILURES = 40;
    private static final int CALLS = 8;
    private static final int SLOW_RUNS = 8;
    private static final String NEVER_MS = "86400000";
    private static final long BUDGET_MILLIS = 5_000;
    private static final long NO_BUDGET_MILLIS = 120_000;
    private static final long TOO_LONG_MILLIS = 6_500;

    private ToolFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                acted("tool-failures", "a tool fails on nearly every call", bench -> {
                    for (int i = 0; i < FAILURES; i++) {
                        run(bench, "github.get_issue", BUDGET_MILLIS, () -> {
                            throw new IllegalStateException("the answer of the provider has another shape");
                        });
                    }
                }),
                new ActedFault(
                        "breaker-forgets",
                        "the provider of the tools answers 503, and pods remember that only as long as a connection (C4)",
                        Set.of(ProcessFaults.BREAKER_PER_CONNECTION),
                        Map.of(),
                        bench -> bench.replica().provider().failWith(503)),
                new ProcessFault(
                        "secret-request-misdated",
                        "pods date their requests for a provider's secret by the wrong clock (C14)",
                        Set.of(ProcessFaults.SECRET_REQUEST_MISDATED),
                        Map.of()),
                FiringAlert.firing(
                        acted(
                                "tool-provider-down",
                                "the provider of the tools answers 503, and pods stop calling it",
                                bench -> {
                                    bench.replica().provider().failWith(503);
                                    openBreakers(bench);
                                }),
                        bench -> bench.client().callTool(),
                        "OpenAgentsRuntimeToolFailureSpike",
                        "OpenAgentsRuntimeCircuitBreakerOpen"),
                new ActedFault(
                        "breaker-open",
                        "the provider is back after a short failure, and the pods do not ask it again",
                        Set.of(),
                        Map.of("OA_REPLICA_CODING_BREAKER_RESET_TIMEOUT_MS", NEVER_MS),
                        bench -> {
                            bench.replica().provider().failWith(503);
                            openBreakers(bench);
                            bench.replica().provider().failWith(0);
                        }),
                new ActedFault(
                        "tool-time-outs",
                        "a tool is given less time than it takes, so every call ends as timed out",
                        Set.of(),
                        Map.of("OA_REPLICA_TOOL_TIMEOUT_MS", "250"),
                        ToolFaults::callSlowTools),
                acted(
                        "tool-overruns",
                        "a tool takes longer than its budget, and nothing ends it",
                        bench -> run(bench, "github.get_pull_request", NO_BUDGET_MILLIS, () -> {
                            new CountDownLatch(1).await(TOO_LONG_MILLIS, TimeUnit.MILLISECONDS);
                            return Map.of("ok", true);
                        })),
                new CanceledToolRunsOn(),
                new ActedFault(
                        "fallback-invisible",
                        "another provider did the work, and the receipt does not say so",
                        Set.of(ProcessFaults.FALLBACK_INVISIBLE),
                        Map.of(),
                        ToolFaults::sendByFallback),
                new ActedFault(
                        "breaker-series-stick",
                        "the metric of a breaker says open for ever after the provider has recovered (D9)",
                        Set.of(ProcessFaults.BREAKER_SERIES_STICK),
                        Map.of("OA_REPLICA_CODING_BREAKER_RESET_TIMEOUT_MS", "300"),
                        bench -> {
                            bench.replica().provider().failWith(503);
                            openBreakers(bench);
                            bench.replica().provider().failWith(0);
                            bench.await(
                                    "the provider to be called again",
                                    () -> Workbench.expect(
                                            bench.client().callTool().equals("policy_allowed.default")));
                        }));
    }

    private static void callSlowTools(Workbench bench) {
        var runs = IntStream.range(0, SLOW_RUNS)
                .mapToObj(i -> bench.client().createRun())
                .toList();
        for (var run : runs) {
            for (int i = 0; i < FAILURES / SLOW_RUNS; i++) {
                var call = Json.object(
                        "tool_call_id", "slow-" + i, "tool_name", "runtime.wait", "input", Map.of("millis", 60_000));
                bench.client().frame(run, "frame-" + i, "tool.execute", call);
            }
        }
        runs.forEach(run -> bench.end(run, "complete", "succeeded"));
    }

    private static void sendByFallback(Workbench bench) {
        var run = bench.client().createRun();
        var message = Json.object("to", ProviderReplica.REFUSED + "user@fault.test", "subject", "Done");
        var call = Json.object("tool_call_id", "message", "tool_name", CommsKernel.TOOL, "input", message);
        bench.client().frame(run, "message", "tool.execute", call);
        bench.end(run, "complete", "succeeded");
    }

    /** Three failures in a row for each of the pods, which take turns. */
    private static void openBreakers(Workbench bench) {
        for (int i = 0; i < CALLS; i++) {
            bench.client().callTool();
        }
    }

    private static void run(Workbench bench, String tool, long timeoutMillis, Callable<Map<String, Object>> work)
            throws Exception {
        var runId = bench.client().createRun();
        var call = new ToolCall(runId, "call-" + runId, tool, Map.of(), Optional.empty());
        bench.tools().run(call, Limits.of(timeoutMillis), (input, progress) -> work.call());
        bench.end(runId, "complete", "succeeded");
    }

    /** The tool goes on after the run was canceled, until this fault is healed or two minutes have passed. */
    private static final class CanceledToolRunsOn implements ReplicaFault {
        private final CountDownLatch healed = new CountDownLatch(1);

        @Override
        public String id() {
            return "canceled-tool-runs-on";
        }

        @Override
        public String description() {
            return "a run was canceled and its tool goes on";
        }

        @Override
        public void inject(Replica replica) {
            var words = Set.of(ProcessFaults.CANCEL_LEAVES_TOOLS);
            new ActedFault(id(), description(), words, Map.of(), bench -> {
                        var runId = bench.client().createRun();
                        start(replica, runId);
                        bench.await(
                                "the tool to run",
                                () -> Workbench.expect(bench.count(
                                                "SELECT count(*) FROM runtime.tool_tasks WHERE run_id = ?"
                                                        + " AND state = 'running'",
                                                runId)
                                        == 1));
                        bench.client().cancel(runId, "no longer wanted");
                        bench.await(
                                "the run to be canceled",
                                () -> Workbench.expect(bench.statusOf(runId).equals("canceled")));
                        bench.await(
                                "the tool to outlive its run by seconds",
                                () -> Workbench.expect(bench.count(
                                                "SELECT count(*) FROM runtime.runs WHERE run_id = ? AND terminal_at"
                                                        + " < timezone('utc', now()) - interval '2 seconds'",
                                                runId)
                                        == 1));
                    })
                    .inject(replica);
        }

        private void start(Replica replica, String runId) {
            var thread = new Thread(
                    () -> {
                        try (var own = new Workbench(replica)) {
                            var call = new ToolCall(
                                    runId, "call-" + runId, "github.get_issue", Map.of(), Optional.empty());
                            own.tools().run(call, Limits.of(NO_BUDGET_MILLIS), (input, progress) -> {
                                healed.await(NO_BUDGET_MILLIS, TimeUnit.MILLISECONDS);
                                return Map.of();
                            });
                        } catch (Exception databaseGone) {
                            // The replica was closed while the tool went on.
                        }
                    },
                    "tool that goes on");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void heal(Replica replica) {
            healed.countDown();
            new ProcessFault(id(), description(), Set.of(), Map.of()).heal(replica);
        }
    }
}
