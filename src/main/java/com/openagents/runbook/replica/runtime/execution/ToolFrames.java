package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.runs.Frames.Frame;
import com.openagents.runbook.replica.runtime.tools.ToolCall;
import com.openagents.runbook.replica.runtime.tools.ToolInvocation.Heart;
import com.openagents.runbook.replica.runtime.tools.ToolInvocation.Limits;
import com.openagents.runbook.replica.runtime.tools.ToolRunner;
import com.openagents.runbook.replica.runtime.tools.Toolbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * Frames that have a tool called. The published service has no caller of its tool runner (C7); here a run has, as the
 * contract intends. Tools work outside the transaction of their frame, which counts as processed when they have ended.
 */
final class ToolFrames {
    private static final String TYPE = "tool.execute";
    private static final int LONGEST_NAME = 255;
    private static final int BEATS_PER_LEASE = 3;

    private final ToolRunner runner;
    private final Toolbox toolbox;
    private final long timeoutMillis;
    private final long beatMillis;

    /** @param leaseTtl after which a lease that nobody renews is lost */
    ToolFrames(ToolRunner runner, Toolbox toolbox, long timeoutMillis, Duration leaseTtl) {
        this.runner = runner;
        this.toolbox = toolbox;
        this.timeoutMillis = timeoutMillis;
        this.beatMillis = Math.max(leaseTtl.toMillis() / BEATS_PER_LEASE, 1);
    }

    /** Whether the frame names a tool and a call; one that does not is consumed like any other. */
    static boolean calls(Frame frame) {
        return frame.type().equals(TYPE)
                && isName(frame.payload().get("tool_call_id"))
                && isName(frame.payload().get("tool_name"));
    }

    private static boolean isName(Object value) {
        return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    void work(String runId, Frame frame, Heart heart) throws SQLException {
        var payload = frame.payload();
        var name = (String) payload.get("tool_name");
        var call = new ToolCall(
                runId,
                (String) payload.get("tool_call_id"),
                name,
                object(payload.get("input")),
                ToolCall.Charge.read(payload));
        runner.run(call, new Limits(timeoutMillis, beatMillis, heart), toolbox.find(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
