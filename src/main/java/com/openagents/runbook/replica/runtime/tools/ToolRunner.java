package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.telemetry.Origin;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import com.openagents.runbook.replica.runtime.tools.ToolTasks.Settlement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one tool call through its life cycle, on the record (contract 8.1). */
public final class ToolRunner {
    private static final String NO_ERROR = "none";

    private final ToolTasks tasks;
    private final RunEvents events;
    private final ToolMetrics metrics;
    private final Sanitizer sanitizer;

    public ToolRunner(ToolTasks tasks, RunEvents events, ToolMetrics metrics, Sanitizer sanitizer) {
        this.tasks = tasks;
        this.events = events;
        this.metrics = metrics;
        this.sanitizer = sanitizer;
    }

    /** Returns the state the task ended in. */
    public String run(Call call, long timeoutMillis, Callable<Map<String, Object>> tool) throws SQLException {
        var input = sanitizer.clean(call.input());
        tasks.enqueue(call.runId(), call.callId(), call.toolName(), input);
        if (!tasks.move(call.runId(), call.callId(), "running", Settlement.NONE)) {
            metrics.lifecycle("run", "rejected", "canceled", "already_terminal");
            return tasks.state(call.runId(), call.callId()).orElse("canceled");
        }
        metrics.lifecycle("run", "started", "running", NO_ERROR);
        events.append(
                call.runId(),
                "tool.call",
                Json.object("tool_call_id", call.callId(), "tool_name", call.toolName(), "input", input));
        long startedAt = System.nanoTime();
        var end = invoke(timeoutMillis, tool);
        settle(call, end);
        metrics.ended(
                Origin.run(call.runId()),
                end.state().equals("timed_out") ? "timeout" : end.state(),
                end.state(),
                end.settlement().errorClass() == null
                        ? NO_ERROR
                        : end.settlement().errorClass(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
        return end.state();
    }

    /** Something to show while the tool works. */
    public void progress(Call call, Map<String, Object> progress) throws SQLException {
        if (tasks.move(call.runId(), call.callId(), "streaming", Settlement.NONE)) {
            metrics.lifecycle("progress", "emitted", "streaming", NO_ERROR);
            events.append(
                    call.runId(), "tool.progress", Json.object("tool_call_id", call.callId(), "progress", progress));
        }
    }

    private End invoke(long timeoutMillis, Callable<Map<String, Object>> tool) {
        var work = new FutureTask<>(tool);
        var thread = new Thread(work, "tool");
        thread.setDaemon(true);
        thread.start();
        try {
            var output = sanitizer.clean(work.get(timeoutMillis, TimeUnit.MILLISECONDS));
            return new End("succeeded", new Settlement(output, null, null));
        } catch (TimeoutException tooLong) {
            work.cancel(true);
            return End.failed("timed_out", "timeout", "tool timed out after " + timeoutMillis + "ms");
        } catch (ExecutionException crash) {
            return End.failed(
                    "failed", "exception", String.valueOf(crash.getCause().getMessage()));
        } catch (InterruptedException killed) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            return End.failed("canceled", "canceled", "tool canceled");
        }
    }

    private void settle(Call call, End end) throws SQLException {
        tasks.move(call.runId(), call.callId(), end.state(), end.settlement());
        var payload = Json.object("tool_call_id", call.callId(), "status", end.state());
        putIfKnown(payload, "output", end.settlement().output());
        putIfKnown(payload, "error_class", end.settlement().errorClass());
        putIfKnown(payload, "error_message", end.settlement().errorMessage());
        events.append(call.runId(), "tool.result", payload);
    }

    private static void putIfKnown(Map<String, Object> payload, String key, Object value) {
        if (value != null) {
            payload.put(key, value);
        }
    }

    /** One tool call of a run. */
    public record Call(String runId, String callId, String toolName, Map<String, Object> input) {}

    private record End(String state, Settlement settlement) {
        static End failed(String state, String errorClass, String message) {
            return new End(state, new Settlement(null, errorClass, message));
        }
    }
}
