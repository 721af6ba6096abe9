package com.openagents.runbook.replica.runtime.spend;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Settles reservations whose caller is gone: what may be repeated is released and gives its amount back, what may have
 * been paid waits for reconciliation and keeps it. The published service has this, but nothing calls it (C18).
 */
public final class StuckReservations {
    private static final String REASON = "stuck_reservation";

    private final Database database;
    private final Duration olderThan;
    private final InstantSource clock;

    public StuckReservations(Database database, Duration olderThan, InstantSource clock) {
        this.database = database;
        this.olderThan = olderThan;
        this.clock = clock;
    }

    /** Returns how many were settled. Pods that do this at the same time pass over each other's rows. */
    public int cycle() throws SQLException {
        var now = clock.instant();
        return database.transaction(sql -> {
            var stuck = find(sql, now.minus(olderThan));
            for (var reservation : stuck) {
                settle(sql, reservation, now);
            }
            return stuck.size();
        });
    }

    private static List<Reservation> find(Sql sql, Instant limit) throws SQLException {
        return sql.list(
                "SELECT id, authorization_id, amount_sats, retry_class FROM runtime.spend_reservations"
                        + " WHERE state = 'reserved' AND reserved_at < ? ORDER BY authorization_id, id FOR UPDATE SKIP LOCKED",
                Reservation::read,
                limit);
    }

    private static void settle(Sql sql, Reservation reservation, Instant now) throws SQLException {
        var state = reservation.mayBeRepeated() ? "released" : "reconcile_required";
        sql.update(
                "UPDATE runtime.spend_reservations SET state = ?, failure_reason = ?,"
                        + " released_at = CASE WHEN ? = 'released' THEN ?::timestamp END, updated_at = ? WHERE id = ?",
                state,
                REASON,
                state,
                now,
                now,
                reservation.id());
        if (reservation.mayBeRepeated()) {
            sql.update(
                    "UPDATE runtime.spend_authorizations SET reserved_sats = greatest(reserved_sats - ?, 0), updated_at = ?"
                            + " WHERE authorization_id = ?",
                    reservation.amount(),
                    now,
                    reservation.authorizationId());
        }
    }

    private record Reservation(long id, String authorizationId, long amount, String retryClass) {
        static Reservation read(Row row) throws SQLException {
            return new Reservation(
                    row.number("id"), row.text("authorization_id"), row.number("amount_sats"), row.text("retry_class"));
        }

        boolean mayBeRepeated() {
            return retryClass.equals("safe_retry");
        }
    }
}
