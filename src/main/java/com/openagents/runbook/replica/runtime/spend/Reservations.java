package com.openagents.runbook.replica.runtime.spend;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets amounts aside for tool calls and settles them (contract 9.3). Every operation locks the authorization before the
 * reservation, so pods that spend the same budget wait for each other and cannot overspend it.
 */
public final class Reservations {
    public static final String SAFE_RETRY = "safe_retry";
    public static final String DEDUPE = "dedupe_reconcile_required";

    private static final Map<String, Set<String>> TRANSITIONS = Map.of(
            "reserved", Set.of("committed", "released", "reconcile_required"),
            "reconcile_required", Set.of("committed", "released"));

    private final Database database;
    private final InstantSource clock;
    private final boolean onlyTotal;

    /** @param onlyTotal whether the limits per call and day and the threshold are ignored, as published (C18) */
    public Reservations(Database database, InstantSource clock, boolean onlyTotal) {
        this.database = database;
        this.clock = clock;
        this.onlyTotal = onlyTotal;
    }

    public Answer reserve(Key key, long amount, String retryClass) throws SQLException {
        if (amount <= 0) {
            return Answer.INVALID_AMOUNT;
        }
        if (!SAFE_RETRY.equals(retryClass) && !DEDUPE.equals(retryClass)) {
            return Answer.INVALID_RETRY_CLASS;
        }
        return database.transaction(sql -> {
            var budget = lockBudget(sql, key);
            if (budget.isEmpty()) {
                return Answer.AUTHORIZATION_NOT_FOUND;
            }
            var known = find(sql, key);
            if (known.isPresent()) {
                return known.get().again(amount);
            }
            return admits(sql, key, budget.get(), amount) ? insert(sql, key, amount, retryClass) : Answer.OVER_BUDGET;
        });
    }

    public Settled commit(Key key) throws SQLException {
        return settle(key, "committed", null);
    }

    public Settled release(Key key, String reason) throws SQLException {
        return settle(key, "released", reason);
    }

    /** The amount stays reserved until somebody finds out whether it was paid. */
    public Settled requireReconciliation(Key key, String reason) throws SQLException {
        return settle(key, "reconcile_required", reason);
    }

    private Settled settle(Key key, String state, String reason) throws SQLException {
        return database.transaction(sql -> settle(sql, key, state, reason));
    }

    /**
     * Settles in the transaction of the caller.
     *
     * @param state {@code committed}, {@code released} or {@code reconcile_required}
     * @param reason null if nothing failed
     */
    public Settled settle(Sql sql, Key key, String state, String reason) throws SQLException {
        lockBudget(sql, key);
        var known = find(sql, key);
        if (known.isEmpty()) {
            return Settled.NOT_RESERVED;
        }
        var before = known.get();
        if (before.state().equals(state)) {
            return Settled.OK;
        }
        if (!TRANSITIONS.getOrDefault(before.state(), Set.of()).contains(state)) {
            return Settled.INVALID_TRANSITION;
        }
        move(sql, before, state, reason);
        book(sql, key, before.amount(), state);
        return Settled.OK;
    }

    /** Notes under which name the provider knows the payment. */
    public void correlate(Sql sql, Key key, String correlationId) throws SQLException {
        sql.update(
                "UPDATE runtime.spend_reservations SET provider_correlation_id = ?"
                        + " WHERE authorization_id = ? AND run_id = ? AND tool_call_id = ?",
                correlationId,
                key.authorizationId(),
                key.runId(),
                key.callId());
    }

    /** The reservation of a call, whichever authorization pays it. */
    public static Optional<Key> keyOf(Sql sql, String runId, String callId) throws SQLException {
        return sql.find(
                "SELECT authorization_id FROM runtime.spend_reservations WHERE run_id = ? AND tool_call_id = ?"
                        + " ORDER BY id DESC LIMIT 1",
                row -> new Key(row.text("authorization_id"), runId, callId),
                runId,
                callId);
    }

    private void move(Sql sql, Reservation before, String state, String reason) throws SQLException {
        var now = clock.instant();
        boolean reconciled = before.state().equals("reconcile_required");
        sql.update(
                "UPDATE runtime.spend_reservations SET state = ?, failure_reason = coalesce(?::varchar, failure_reason),"
                        + " committed_at = CASE WHEN ? = 'committed' THEN ?::timestamp END,"
                        + " released_at = CASE WHEN ? = 'released' THEN ?::timestamp END,"
                        + " reconciled_at = CASE WHEN ? THEN ?::timestamp END, updated_at = ? WHERE id = ?",
                state,
                reason,
                state,
                now,
                state,
                now,
                reconciled,
                now,
                now,
                before.id());
    }

    private void book(Sql sql, Key key, long amount, String state) throws SQLException {
        if (state.equals("reconcile_required")) {
            return;
        }
        sql.update(
                "UPDATE runtime.spend_authorizations SET reserved_sats = reserved_sats - ?,"
                        + " spent_sats = spent_sats + ?, updated_at = ? WHERE authorization_id = ?",
                amount,
                state.equals("committed") ? amount : 0,
                clock.instant(),
                key.authorizationId());
    }

    private boolean admits(Sql sql, Key key, Budget budget, long amount) throws SQLException {
        return budget.totalAdmits(amount) && (onlyTotal || budget.limitsAdmit(amount, reservedToday(sql, key)));
    }

    private long reservedToday(Sql sql, Key key) throws SQLException {
        return sql.number(
                "SELECT coalesce(sum(amount_sats), 0) FROM runtime.spend_reservations"
                        + " WHERE authorization_id = ? AND state <> 'released' AND reserved_at >= ?",
                key.authorizationId(),
                clock.instant().truncatedTo(ChronoUnit.DAYS));
    }

    private Answer insert(Sql sql, Key key, long amount, String retryClass) throws SQLException {
        Instant now = clock.instant();
        sql.update(
                "INSERT INTO runtime.spend_reservations (authorization_id, run_id, tool_call_id, amount_sats, retry_class,"
                        + " reserved_at, inserted_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key.authorizationId(),
                key.runId(),
                key.callId(),
                amount,
                retryClass,
                now,
                now,
                now);
        sql.update(
                "UPDATE runtime.spend_authorizations SET reserved_sats = reserved_sats + ?, updated_at = ?"
                        + " WHERE authorization_id = ?",
                amount,
                now,
                key.authorizationId());
        return Answer.RESERVED;
    }

    private static Optional<Budget> lockBudget(Sql sql, Key key) throws SQLException {
        return sql.find(
                "SELECT * FROM runtime.spend_authorizations WHERE authorization_id = ? FOR UPDATE",
                Budget::read,
                key.authorizationId());
    }

    private static Optional<Reservation> find(Sql sql, Key key) throws SQLException {
        return sql.find(
                "SELECT id, amount_sats, state FROM runtime.spend_reservations"
                        + " WHERE authorization_id = ? AND run_id = ? AND tool_call_id = ? FOR UPDATE",
                Reservation::read,
                key.authorizationId(),
                key.runId(),
                key.callId());
    }

    /** What a reservation is for; there is one per key. */
    public record Key(String authorizationId, String runId, String callId) {}

    private record Reservation(long id, long amount, String state) {
        static Reservation read(Row row) throws SQLException {
            return new Reservation(row.number("id"), row.number("amount_sats"), row.text("state"));
        }

        Answer again(long asked) {
            return switch (state) {
                case "reserved" -> asked == amount ? Answer.RESERVED : Answer.IDEMPOTENCY_CONFLICT;
                case "reconcile_required" -> Answer.RECONCILE_REQUIRED;
                default -> Answer.ALREADY_FINALIZED;
            };
        }
    }

    /** The answers to a reservation. */
    public enum Answer {
        RESERVED,
        ALREADY_FINALIZED,
        AUTHORIZATION_NOT_FOUND,
        INVALID_RETRY_CLASS,
        IDEMPOTENCY_CONFLICT,
        INVALID_AMOUNT,
        OVER_BUDGET,
        RECONCILE_REQUIRED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The answers to a settlement. */
    public enum Settled {
        OK,
        NOT_RESERVED,
        INVALID_TRANSITION
    }
}
