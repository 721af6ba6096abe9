package com.openagents.runbook.replica.runtime.spend;

import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.util.Map;

/** The budget snapshot of an authorization; a limit that is not set is null (contract 9.3). */
public record Budget(Long maxTotal, Long maxPerCall, Long maxPerDay, Long threshold, long spent, long reserved) {

    static Budget read(Row row) throws SQLException {
        return new Budget(
                row.numberOrNull("max_total_sats"),
                row.numberOrNull("max_per_call_sats"),
                row.numberOrNull("max_per_day_sats"),
                row.numberOrNull("threshold_sats"),
                row.number("spent_sats"),
                row.number("reserved_sats"));
    }

    Long remaining() {
        return maxTotal == null ? null : Long.valueOf(Math.max(maxTotal - spent - reserved, 0));
    }

    public Map<String, Object> json() {
        return Json.object(
                "max_total_sats", maxTotal,
                "max_per_call_sats", maxPerCall,
                "max_per_day_sats", maxPerDay,
                "threshold_sats", threshold,
                "spent_sats", spent,
                "reserved_sats", reserved,
                "remaining_sats", remaining());
    }

    boolean totalAdmits(long amount) {
        return maxTotal == null || amount <= maxTotal - spent - reserved;
    }

    /** The published service stores these limits and does not look at them (C18). */
    boolean limitsAdmit(long amount, long today) {
        return isWithin(amount, maxPerCall) && isWithin(amount, threshold) && isWithin(today + amount, maxPerDay);
    }

    private static boolean isWithin(long amount, Long limit) {
        return limit == null || amount <= limit;
    }
}
