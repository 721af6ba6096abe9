package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One row of {@code runtime.codex_workers}. */
record Worker(
        String workerId,
        Long ownerUserId,
        String ownerGuestScope,
        String workspaceRef,
        String codexHomeRef,
        String adapter,
        String status,
        long latestSeq,
        Map<String, Object> metadata,
        Instant startedAt,
        Instant stoppedAt,
        Instant lastHeartbeatAt,
        Instant updatedAt) {

    static final List<String> STATUSES = List.of("starting", "running", "stopping", "stopped", "failed");

    static Worker read(Row row) throws SQLException {
        return new Worker(
                row.text("worker_id"),
                row.numberOrNull("owner_user_id"),
                row.text("owner_guest_scope"),
                row.text("workspace_ref"),
                row.text("codex_home_ref"),
                row.text("adapter"),
                row.text("status"),
                row.number("latest_seq"),
                row.json("metadata"),
                row.instant("started_at"),
                row.instant("stopped_at"),
                row.instant("last_heartbeat_at"),
                row.instant("updated_at"));
    }

    boolean isRunning() {
        return status.equals("running");
    }

    /** The members of a snapshot (contract 3.11). */
    Map<String, Object> snapshot(Instant now, long staleAfterMillis) {
        var age = lastHeartbeatAt == null
                ? null
                : Math.max(Duration.between(lastHeartbeatAt, now).toMillis(), 0);
        var snapshot = Json.object(
                "worker_id", workerId,
                "status", status,
                "latest_seq", latestSeq,
                "workspace_ref", workspaceRef,
                "codex_home_ref", codexHomeRef,
                "adapter", adapter,
                "metadata", metadata);
        snapshot.putAll(Json.object(
                "started_at", Timestamps.micros(startedAt),
                "stopped_at", Timestamps.micros(stoppedAt),
                "updated_at", Timestamps.micros(updatedAt),
                "last_heartbeat_at", Timestamps.micros(lastHeartbeatAt),
                "heartbeat_age_ms", age,
                "heartbeat_stale_after_ms", staleAfterMillis,
                "heartbeat_state", heartbeatState(age, staleAfterMillis)));
        return snapshot;
    }

    private String heartbeatState(Long age, long staleAfterMillis) {
        if (status.equals("stopped") || status.equals("failed")) {
            return status;
        }
        if (age == null) {
            return "missing";
        }
        return age > staleAfterMillis ? "stale" : "fresh";
    }
}
