package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One row of {@code runtime.runs}. */
public record Run(
        String runId,
        String threadId,
        String status,
        Long ownerUserId,
        String ownerGuestScope,
        long latestSeq,
        long lastProcessedFrameId,
        String terminalReasonClass,
        String terminalReason,
        Instant terminalAt,
        long recoveryAttempts,
        Instant lastRecoveryAt,
        Instant updatedAt) {

    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "canceled");

    public static Optional<Run> find(Sql sql, String runId) throws SQLException {
        return sql.find("SELECT * FROM runtime.runs WHERE run_id = ?", Run::read, runId);
    }

    /** As {@link #find}, and no one else changes the row until the transaction ends. */
    public static Optional<Run> lock(Sql sql, String runId) throws SQLException {
        return sql.find("SELECT * FROM runtime.runs WHERE run_id = ? FOR UPDATE", Run::read, runId);
    }

    static Run read(Row row) throws SQLException {
        return new Run(
                row.text("run_id"),
                row.text("thread_id"),
                row.text("status"),
                row.numberOrNull("owner_user_id"),
                row.text("owner_guest_scope"),
                row.number("latest_seq"),
                row.number("last_processed_frame_id"),
                row.text("terminal_reason_class"),
                row.text("terminal_reason"),
                row.instant("terminal_at"),
                row.number("recovery_attempt_count"),
                row.instant("last_recovery_at"),
                row.instant("updated_at"));
    }

    public boolean isTerminal() {
        return TERMINAL.contains(status);
    }
}
