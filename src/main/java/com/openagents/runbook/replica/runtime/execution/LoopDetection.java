package com.openagents.runbook.replica.runtime.execution;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.runs.Frames.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds a run that goes round in circles, from its last frames (contract 9.4). */
final class LoopDetection {
    static final int HISTORY = 30;
    static final String REASON_CODE = "loop_detected.no_progress";

    private static final int WARNING = 10;
    private static final int CRITICAL = 20;
    private static final int GLOBAL = 30;
    private static final Set<String> CANDIDATES =
            Set.of("tool_result", "tool_status", "tool_call", "tool_output", "agent_action");
    private static final Set<String> POLLS = Set.of("tool_result", "tool_status", "tool_call");

    private LoopDetection() {}

    /** @param history the frames before the current one, oldest first */
    static Optional<Loop> detect(List<Frame> history, Frame current) {
        var newestFirst = new ArrayList<>(history);
        newestFirst.add(current);
        Collections.reverse(newestFirst);
        return global(newestFirst)
                .or(() -> poll(newestFirst))
                .or(() -> pingPong(newestFirst))
                .or(() -> repeat(newestFirst));
    }

    private static Optional<Loop> global(List<Frame> frames) {
        int count = (int) frames.stream()
                .filter(frame -> CANDIDATES.contains(frame.type()))
                .count();
        return count < GLOBAL
                ? Optional.empty()
                : Optional.of(new Loop(
                        "global_circuit_breaker",
                        "critical",
                        count,
                        "global circuit breaker tripped (loop_candidate_count=" + count + ", threshold=" + GLOBAL
                                + ")"));
    }

    private static Optional<Loop> poll(List<Frame> frames) {
        if (!isPoll(frames.get(0))) {
            return Optional.empty();
        }
        int count = streak(frames, LoopDetection::pollSignature);
        return judge("known_poll_no_progress", count, "known poll no-progress streak (count=" + count + ")");
    }

    private static Optional<Loop> pingPong(List<Frame> frames) {
        var signatures = frames.stream().map(LoopDetection::signature).toList();
        if (signatures.size() < 2 || signatures.get(0).equals(signatures.get(1))) {
            return Optional.empty();
        }
        int count = 2;
        while (count < signatures.size() && signatures.get(count).equals(signatures.get(count % 2))) {
            count++;
        }
        return judge("ping_pong", count, "ping-pong pattern between two frame signatures (count=" + count + ")");
    }

    private static Optional<Loop> repeat(List<Frame> frames) {
        int count = streak(frames, LoopDetection::signature);
        return judge("generic_repeat", count, "generic repeat detector triggered (count=" + count + ")");
    }

    private static int streak(List<Frame> newestFirst, Function<Frame, String> signature) {
        var latest = signature.apply(newestFirst.get(0));
        return (int) newestFirst.stream()
                .takeWhile(frame -> signature.apply(frame).equals(latest))
                .count();
    }

    private static Optional<Loop> judge(String detector, int count, String message) {
        return count < WARNING
                ? Optional.empty()
                : Optional.of(new Loop(detector, count >= CRITICAL ? "critical" : "warning", count, message));
    }

    private static String signature(Frame frame) {
        return frame.type() + ":" + Json.write(frame.payload());
    }

    private static boolean isPoll(Frame frame) {
        var tool = first(frame.payload(), "tool_name", "toolName");
        var action = frame.payload().get("action");
        return POLLS.contains(frame.type())
                && ("command_status".equals(tool)
                        || "process".equals(tool) && ("poll".equals(action) || "log".equals(action)));
    }

    private static String pollSignature(Frame frame) {
        var payload = frame.payload();
        return Json.write(Json.object(
                "frame_type", frame.type(),
                "tool_name", first(payload, "tool_name", "toolName"),
                "action", payload.get("action"),
                "status", payload.get("status"),
                "exit_code", first(payload, "exit_code", "exitCode"),
                "total_lines", first(payload, "total_lines", "totalLines"),
                "text", first(payload, "text", "output", "message")));
    }

    private static Object first(Map<String, Object> payload, String... keys) {
        for (var key : keys) {
            if (payload.get(key) != null) {
                return payload.get(key);
            }
        }
        return null;
    }

    /** @param level {@code warning} or {@code critical} */
    record Loop(String detector, String level, int count, String message) {
        boolean isCritical() {
            return level.equals("critical");
        }

        /** A streak is reported once, when it reaches the threshold, and not again for each further frame. */
        boolean isFirstWarning() {
            return count == WARNING;
        }
    }
}
