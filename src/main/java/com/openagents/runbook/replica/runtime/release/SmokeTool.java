package com.openagents.runbook.replica.runtime.release;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvent;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.spend.Authorizations;
import com.openagents.runbook.replica.runtime.spend.Reservations;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import com.openagents.runbook.replica.runtime.tools.InFlightTools;
import com.openagents.runbook.replica.runtime.tools.ToolCall;
import com.openagents.runbook.replica.runtime.tools.ToolInvocation.Limits;
import com.openagents.runbook.replica.runtime.tools.ToolRunner;
import com.openagents.runbook.replica.runtime.tools.ToolSettlement;
import com.openagents.runbook.replica.runtime.tools.ToolTasks;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Step 5 of the smoke check: a trivial tool, run inside this process, must leave its task and its events. */
final class SmokeTool {
    private static final long TIMEOUT_MILLIS = 1_000;

    private final String runId;
    private final ToolTasks tasks;
    private final RunEvents events;
    private final ToolRunner runner;

    SmokeTool(Database database, String runId) {
        this.runId = runId;
        var sanitizer = Sanitizer.intended();
        tasks = new ToolTasks(database, InstantSource.system());
        events = new RunEvents(database, sanitizer, InstantSource.system(), run -> {});
        var clock = InstantSource.system();
        var metrics = new ToolMetrics(new Metrics(), false);
        var settlement = new ToolSettlement(
                new Authorizations(database, clock), new Reservations(database, clock, false), metrics::decision);
        runner = new ToolRunner(database, events, metrics, sanitizer, settlement, new InFlightTools());
    }

    void run() throws ReleaseError {
        var call = new ToolCall(runId, "tool_" + runId, "smoke.tool", Json.object("check", "smoke"), Optional.empty());
        try {
            var state = runner.run(call, Limits.of(TIMEOUT_MILLIS), (input, progress) -> Map.of("ok", true));
            if (!state.equals("succeeded")) {
                throw Smoke.failed("{:tool_runner_failed, " + Json.write(state) + "}");
            }
            if (!tasks.state(runId, call.callId()).equals(Optional.of("succeeded"))) {
                throw Smoke.failed(":tool_task_missing");
            }
            if (events.ofType(runId, "tool.call").isEmpty() || !hasSucceeded(events.ofType(runId, "tool.result"))) {
                throw Smoke.failed(":tool_events_missing");
            }
        } catch (SQLException refused) {
            throw Smoke.failed("{:tool_path_failed, " + Json.write(refused.getMessage()) + "}");
        }
    }

    private static boolean hasSucceeded(List<RunEvent> results) {
        return results.stream()
                .anyMatch(event -> "succeeded".equals(event.payload().get("status")));
    }
}
