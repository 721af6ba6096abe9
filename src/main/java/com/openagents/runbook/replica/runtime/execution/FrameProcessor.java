package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.execution.Ending.Terminal;
import com.openagents.runbook.replica.runtime.execution.LoopDetection.Loop;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.runs.Frames;
import com.openagents.runbook.replica.runtime.runs.Frames.Frame;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What one frame causes, in one transaction (contract 7.3). */
final class FrameProcessor {
    private final RunEvents events;
    private final Ending ending;
    private final boolean warningFails;

    FrameProcessor(RunEvents events, Ending ending, boolean warningFails) {
        this.events = events;
        this.ending = ending;
        this.warningFails = warningFails;
    }

    Outcome process(Sql sql, String runId, Frame frame) throws SQLException {
        if (isDuplicate(sql, runId, frame)) {
            return new Outcome(true, false, Optional.empty());
        }
        var loop = LoopDetection.detect(Frames.before(sql, runId, frame.id(), LoopDetection.HISTORY), frame);
        if (loop.isPresent() && (loop.get().isCritical() || warningFails)) {
            return failed(sql, runId, frame, loop.get());
        }
        if (loop.isPresent() && loop.get().isFirstWarning()) {
            events.append(sql, runId, "run.loop_detected", loopPayload(frame, loop.get()));
        }
        return ToolFrames.calls(frame)
                ? new Outcome(false, true, Optional.empty())
                : new Outcome(false, false, apply(sql, runId, frame));
    }

    private static boolean isDuplicate(Sql sql, String runId, Frame frame) throws SQLException {
        return sql.number(
                        "SELECT count(*) FROM runtime.run_events WHERE run_id = ? AND payload->>'frame_id' = ?"
                                + " AND event_type <> 'run.loop_detected'",
                        runId,
                        frame.frameId())
                > 0;
    }

    private Optional<Terminal> apply(Sql sql, String runId, Frame frame) throws SQLException {
        var payload = frame.payload();
        return switch (frame.type()) {
            case "cancel", "cancel_requested" -> canceled(sql, runId, frame);
            case "finish", "complete", "run_complete" ->
                finished(
                        sql,
                        runId,
                        frame,
                        new Terminal("succeeded", "completed", text(payload, "reason", "completed")));
            case "fail", "error" -> {
                var reasonClass = text(payload, "reason_class", "execution_failed");
                var reason = text(payload, "reason", reasonClass);
                yield finished(sql, runId, frame, new Terminal("failed", reasonClass, reason));
            }
            default -> {
                consumed(sql, runId, frame);
                yield Optional.empty();
            }
        };
    }

    private Optional<Terminal> canceled(Sql sql, String runId, Frame frame) throws SQLException {
        var terminal =
                new Terminal("canceled", "cancel_requested", text(frame.payload(), "reason", "cancel requested"));
        var request = Json.object(
                "frame_id", frame.frameId(),
                "frame_type", frame.type(),
                "payload", frame.payload(),
                "reason_class", terminal.reasonClass(),
                "reason", terminal.reason());
        events.append(sql, runId, "run.cancel_requested", request);
        return finished(sql, runId, frame, terminal);
    }

    private Optional<Terminal> finished(Sql sql, String runId, Frame frame, Terminal terminal) throws SQLException {
        ending.finish(sql, runId, terminal, Map.of("frame_id", frame.frameId()));
        return Optional.of(terminal);
    }

    private void consumed(Sql sql, String runId, Frame frame) throws SQLException {
        var delta = text(frame.payload(), "text", text(frame.payload(), "delta", ""));
        if (delta.isEmpty()) {
            var payload =
                    Json.object("frame_id", frame.frameId(), "frame_type", frame.type(), "payload", frame.payload());
            events.append(sql, runId, "run.frame_consumed", payload);
        } else {
            events.append(sql, runId, "run.delta", Json.object("delta", delta, "frame_id", frame.frameId()));
        }
    }

    private Outcome failed(Sql sql, String runId, Frame frame, Loop loop) throws SQLException {
        events.append(sql, runId, "run.loop_detected", loopPayload(frame, loop));
        var terminal = new Terminal("failed", "loop_detected", loop.message());
        var extra = Json.object(
                "frame_id",
                frame.frameId(),
                "reason_code",
                LoopDetection.REASON_CODE,
                "detector",
                loop.detector(),
                "loop_detected_reason",
                LoopDetection.REASON_CODE);
        ending.finish(sql, runId, terminal, extra);
        return new Outcome(false, false, Optional.of(terminal));
    }

    private static Map<String, Object> loopPayload(Frame frame, Loop loop) {
        return Json.object(
                "frame_id", frame.frameId(),
                "frame_type", frame.type(),
                "detector", loop.detector(),
                "level", loop.level(),
                "count", loop.count(),
                "reason_code", LoopDetection.REASON_CODE,
                "loop_detected_reason", LoopDetection.REASON_CODE,
                "message", loop.message());
    }

    private static String text(Map<String, Object> payload, String key, String fallback) {
        return payload.get(key) instanceof String text && !text.isEmpty() ? text : fallback;
    }

    /**
     * @param deferred whether the frame has a tool called, which is done after the transaction
     * @param terminal how the run ended, if the frame ended it
     */
    record Outcome(boolean duplicate, boolean deferred, Optional<Terminal> terminal) {}
}
