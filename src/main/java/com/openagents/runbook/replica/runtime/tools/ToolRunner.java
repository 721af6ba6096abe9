package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.runs.Run;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.telemetry.Origin;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import com.openagents.runbook.replica.runtime.tools.ToolInvocation.End;
import com.openagents.runbook.replica.runtime.tools.ToolInvocation.Limits;
import com.openagents.runbook.replica.runtime.tools.ToolSettlement.Refusal;
import com.openagents.runbook.replica.runtime.tools.ToolTasks.Settlement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs one tool call through its life cycle, on the record (contract 8.1). Each state changes in one transaction with
 * its event, so whoever comes later, on whichever pod, knows how far the call came and ends it once.
 */
public final class ToolRunner {
    private static final String NO_ERROR = "none";

    private final Database database;
    private final ToolTasks tasks;
    private final RunEvents events;
    private final ToolMetrics metrics;
    private final Sanitizer sanitizer;
    private final ToolSettlement settlement;
    private final InFlightTools inFlight;

    public ToolRunner(
            Database database,
            RunEvents events,
            ToolMetrics metrics,
            Sanitizer sanitizer,
            ToolSettlement settlement,
            InFlightTools inFlight) {
        this.database = database;
        this.tasks = new ToolTasks(database, InstantSource.system());
        this.events = events;
        this.metrics = metrics;
        this.sanitizer = sanitizer;
        this.settlement = settlement;
        this.inFlight = inFlight;
    }

    /** Returns the state the task is in afterwards, which is not its end if somebody else took over the run. */
    public String run(ToolCall call, Limits limits, Tool tool) throws SQLException {
        var input = sanitizer.clean(call.input());
        tasks.enqueue(call.runId(), call.callId(), call.toolName(), input);
        var known = tasks.state(call.runId(), call.callId()).orElseThrow();
        if (known.equals("running") || known.equals("streaming")) {
            return ended(call, End.failed("failed", "executor_lost", "the pod that ran the tool is gone"), 0);
        }
        if (!known.equals("queued")) {
            return rejected(known);
        }
        var refusal = settlement.prepare(call);
        return refusal.isPresent() ? refused(call, refusal.get()) : invoked(call, input, limits, tool);
    }

    private String rejected(String state) {
        metrics.lifecycle("run", "rejected", "canceled", "already_terminal");
        return state;
    }

    private String refused(ToolCall call, Refusal refusal) throws SQLException {
        var end = End.failed("failed", refusal.errorClass(), refusal.message());
        boolean first = database.transaction(sql -> {
            Run.lock(sql, call.runId());
            if (tasks.isOver(sql, call.runId(), call.callId())) {
                return false;
            }
            for (var type : denials(refusal)) {
                events.append(sql, call.runId(), type, refusal.event().orElseThrow());
            }
            tasks.move(sql, call.runId(), call.callId(), "failed", end.settlement());
            events.append(sql, call.runId(), "tool.result", payload(call, end, refusal.policy()));
            return true;
        });
        events.committed(call.runId());
        if (first) {
            metrics.refused(Origin.run(call.runId()), refusal.errorClass(), refusal.policy());
        }
        return "failed";
    }

    private static List<String> denials(Refusal refusal) {
        if (refusal.event().isEmpty()) {
            return List.of();
        }
        return refusal.message().equals(ToolSettlement.EXHAUSTED)
                ? List.of("policy.decision", "policy.budget_exhausted")
                : List.of("policy.decision");
    }

    private String invoked(ToolCall call, Map<String, Object> input, Limits limits, Tool tool) throws SQLException {
        var invocation = new ToolInvocation(limits, () -> tool.run(call.input(), shown -> progress(call, shown)));
        // Before the run is looked at: a cancel from now on finds the tool, an earlier one shows in the run.
        inFlight.add(call.runId(), invocation.work());
        try {
            if (!begin(call, input)) {
                return ended(call, End.canceled(), 0);
            }
            metrics.lifecycle("run", "started", "running", NO_ERROR);
            long startedAt = System.nanoTime();
            var end = invocation.await();
            if (end.isEmpty()) {
                return "running";
            }
            return ended(call, end.get(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
        } finally {
            inFlight.remove(call.runId(), invocation.work());
        }
    }

    private boolean begin(ToolCall call, Map<String, Object> input) throws SQLException {
        boolean begun = database.transaction(sql -> {
            boolean wanted = Run.lock(sql, call.runId())
                    .filter(run -> !run.status().equals("canceling") && !run.isTerminal())
                    .isPresent();
            if (!wanted || !tasks.move(sql, call.runId(), call.callId(), "running", Settlement.NONE)) {
                return false;
            }
            var payload = Json.object("tool_call_id", call.callId(), "tool_name", call.toolName(), "input", input);
            events.append(sql, call.runId(), "tool.call", payload);
            return true;
        });
        events.committed(call.runId());
        return begun;
    }

    /** Something to show while the tool works. */
    private void progress(ToolCall call, Map<String, Object> progress) throws SQLException {
        boolean shown = database.transaction(sql -> {
            Run.lock(sql, call.runId());
            if (!tasks.move(sql, call.runId(), call.callId(), "streaming", Settlement.NONE)) {
                return false;
            }
            var payload = Json.object("tool_call_id", call.callId(), "progress", progress);
            events.append(sql, call.runId(), "tool.progress", payload);
            return true;
        });
        if (shown) {
            events.committed(call.runId());
            metrics.lifecycle("progress", "emitted", "streaming", NO_ERROR);
        }
    }

    private String ended(ToolCall call, End end, long millis) throws SQLException {
        var recorded = record(call, end.cleaned(sanitizer));
        events.committed(call.runId());
        if (recorded.isEmpty()) {
            return rejected(tasks.state(call.runId(), call.callId()).orElse("canceled"));
        }
        var state = recorded.get().state();
        var errorClass = recorded.get().settlement().errorClass();
        metrics.ended(
                Origin.run(call.runId()),
                state.equals("timed_out") ? "timeout" : state,
                state,
                errorClass == null ? NO_ERROR : errorClass,
                millis);
        return state;
    }

    private Optional<End> record(ToolCall call, End end) throws SQLException {
        try {
            return database.transaction(sql -> record(sql, call, end, true));
        } catch (SQLException refused) {
            if (call.charge().isEmpty() || !end.state().equals("succeeded")) {
                throw refused;
            }
            var failed = End.failed("failed", "settlement_commit_failed", refused.getMessage());
            return database.transaction(sql -> record(sql, call, failed, false));
        }
    }

    private End settled(Sql sql, ToolCall call, End end) throws SQLException {
        var output = end.settlement().output() == null
                ? Map.<String, Object>of()
                : end.settlement().output();
        return settlement
                .settle(sql, call, end.state(), output, end.settlement().errorClass())
                .filter(error -> end.state().equals("succeeded"))
                .map(error -> End.failed("failed", error, "the settlement could not be finalized"))
                .orElse(end);
    }

    private Optional<End> record(Sql sql, ToolCall call, End ending, boolean settles) throws SQLException {
        Run.lock(sql, call.runId());
        if (tasks.isOver(sql, call.runId(), call.callId())) {
            return Optional.empty();
        }
        var end = settles ? settled(sql, call, ending) : ending;
        tasks.move(sql, call.runId(), call.callId(), end.state(), end.settlement());
        events.append(sql, call.runId(), "tool.result", payload(call, end, Optional.empty()));
        return Optional.of(end);
    }

    private static Map<String, Object> payload(ToolCall call, End end, Optional<Map<String, Object>> policy) {
        var payload = Json.object("tool_call_id", call.callId(), "status", end.state());
        putIfKnown(payload, "output", end.settlement().output());
        putIfKnown(payload, "error_class", end.settlement().errorClass());
        putIfKnown(payload, "error_message", end.settlement().errorMessage());
        policy.ifPresent(decision -> payload.put("policy", decision));
        return payload;
    }

    private static void putIfKnown(Map<String, Object> payload, String key, Object value) {
        if (value != null) {
            payload.put(key, value);
        }
    }
}
