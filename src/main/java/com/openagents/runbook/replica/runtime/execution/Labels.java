package com.openagents.runbook.replica.runtime.execution;

import java.util.Set;

/**
 * Client text as metric labels: known words as they are, everything else as {@code other}, so that a client cannot make
 * series. The published service puts the text there as it comes (D13).
 */
final class Labels {
    private static final Set<String> FRAME_TYPES = Set.of(
            "user_message",
            "cancel",
            "cancel_requested",
            "finish",
            "complete",
            "run_complete",
            "fail",
            "error",
            "tool_result",
            "tool_status",
            "tool_call",
            "tool_output",
            "agent_action");
    private static final Set<String> REASON_CLASSES =
            Set.of("completed", "cancel_requested", "execution_failed", "loop_detected", "executor_recovery_exhausted");

    private final boolean asTheyCome;

    Labels(boolean asTheyCome) {
        this.asTheyCome = asTheyCome;
    }

    String frameType(String type) {
        return bounded(type, FRAME_TYPES);
    }

    String reasonClass(String reasonClass) {
        return bounded(reasonClass, REASON_CLASSES);
    }

    private String bounded(String text, Set<String> known) {
        return asTheyCome || known.contains(text) ? text : "other";
    }
}
