package com.openagents.runbook.triage;

import com.openagents.runbook.system.database.ActivityQuestion;
import java.util.List;

/** The telemetry that runbook 3.4 names, each with the places where it can be read. */
enum Dimension {
    STREAM(
            "Streams and sessions",
            List.of("stream."),
            List.of("openagents_runtime_stream_session_count", "phoenix_endpoint_stop_duration_count"),
            List.of(ActivityQuestion.RUNS, ActivityQuestion.CANCELS)),
    LEASE(
            "Leases",
            List.of("lease.", "janitor."),
            List.of(
                    "openagents_runtime_lease_operation_count",
                    "openagents_runtime_janitor_resumed_count",
                    "openagents_runtime_janitor_failed_count"),
            List.of(ActivityQuestion.LEASES, ActivityQuestion.EXECUTORS_LOST)),
    TOOL(
            "Tools",
            List.of("tool."),
            List.of("openagents_runtime_tool_lifecycle_count", "openagents_runtime_provider_breaker_state"),
            List.of(ActivityQuestion.TOOLS)),
    POLICY(
            "Policy",
            List.of("policy."),
            List.of("openagents_runtime_policy_decision_count", "openagents_runtime_parity_failure_count"),
            List.of(ActivityQuestion.DENIALS, ActivityQuestion.LOOPS)),
    SYNC(
            "Sync sockets",
            List.of("sync."),
            List.of(
                    "openagents_runtime_sync_socket_auth_count",
                    "openagents_runtime_sync_socket_timeout_count",
                    "openagents_runtime_sync_socket_reconnect_count"),
            List.of(ActivityQuestion.STALE));

    private final String title;
    private final List<String> events;
    private final List<String> metrics;
    private final List<ActivityQuestion> questions;

    Dimension(String title, List<String> events, List<String> metrics, List<ActivityQuestion> questions) {
        this.title = title;
        this.events = events;
        this.metrics = metrics;
        this.questions = questions;
    }

    String title() {
        return title;
    }

    boolean has(String event) {
        return events.stream().anyMatch(event::startsWith);
    }

    List<String> metrics() {
        return metrics;
    }

    List<ActivityQuestion> questions() {
        return questions;
    }
}
