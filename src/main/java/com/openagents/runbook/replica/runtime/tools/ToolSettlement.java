package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.policy.PolicyEvaluator;
import com.openagents.runbook.replica.runtime.policy.PolicyEvaluator.Decision;
import com.openagents.runbook.replica.runtime.spend.Authorizations;
import com.openagents.runbook.replica.runtime.spend.Authorizations.Resolution;
import com.openagents.runbook.replica.runtime.spend.Reservations;
import com.openagents.runbook.replica.runtime.tools.ToolCall.Charge;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Whether a tool call may be paid, and what becomes of the amount that was set aside for it (contract 9.3). */
public final class ToolSettlement {
    static final String EXHAUSTED = "policy_denied.budget_exhausted";

    private static final String BOUNDARY = "reserve";
    private static final int ID_DIGITS = 24;

    private final Authorizations authorizations;
    private final Reservations reservations;
    private final Decisions decisions;

    public ToolSettlement(Authorizations authorizations, Reservations reservations, Decisions decisions) {
        this.authorizations = authorizations;
        this.reservations = reservations;
        this.decisions = decisions;
    }

    /** Sets the amount aside, or says why the call is not to be made. */
    Optional<Refusal> prepare(ToolCall call) throws SQLException {
        if (call.charge().isEmpty()) {
            return Optional.empty();
        }
        var charge = call.charge().get();
        if (!charge.isComplete()) {
            return refused("settlement_metadata_missing", "amount_sats and retry_class are required");
        }
        var resolution = authorizations.resolve(call.runId(), charge.autopilotId(), charge.authorizationId());
        if (!resolution.decision().isAllowed()) {
            return denied(call, resolution, resolution.decision());
        }
        return reserve(call, charge, resolution);
    }

    private Optional<Refusal> reserve(ToolCall call, Charge charge, Resolution resolution) throws SQLException {
        var authorizationId = resolution.authorization().orElseThrow().id();
        var key = new Reservations.Key(authorizationId, call.runId(), call.callId());
        var answer = reservations.reserve(key, charge.amount(), charge.retryClass());
        return switch (answer) {
            case RESERVED -> {
                decisions.decided("allowed", resolution.mode(), BOUNDARY, resolution.budget());
                yield Optional.empty();
            }
            case OVER_BUDGET -> denied(call, resolution, overBudget(authorizationId, resolution));
            case RECONCILE_REQUIRED ->
                refused("dedupe_reconcile_required", "the outcome of an earlier attempt is not known");
            case ALREADY_FINALIZED -> refused("settlement_already_finalized", "the call has been settled");
            case IDEMPOTENCY_CONFLICT ->
                refused("settlement_idempotency_conflict", "the call was reserved with another amount");
            case AUTHORIZATION_NOT_FOUND, INVALID_RETRY_CLASS, INVALID_AMOUNT ->
                refused("settlement_metadata_missing", answer.word());
        };
    }

    private static Decision overBudget(String authorizationId, Resolution resolution) {
        var policy = Json.object(
                "authorization_id",
                authorizationId,
                "authorization_mode",
                resolution.mode(),
                "decision",
                "denied",
                "reason_code",
                EXHAUSTED);
        return PolicyEvaluator.evaluate(policy, resolution.budget(), Map.of());
    }

    private Optional<Refusal> denied(ToolCall call, Resolution resolution, Decision decision) {
        decisions.decided("denied", resolution.mode(), BOUNDARY, resolution.budget());
        var hashed = Json.object(
                "run_id", call.runId(), "tool_call_id", call.callId(), "evaluation", decision.evaluationHash());
        var event = Json.object(
                "decision",
                decision.word(),
                "reason_code",
                decision.reasonCode(),
                "tool_call_id",
                call.callId(),
                "authorization_id",
                resolution.authorization().map(Authorizations.Authorization::id).orElse(null),
                "authorization_mode",
                resolution.mode(),
                "budget",
                resolution.budget(),
                "policy_decision_id",
                "policy_" + Digests.canonical(hashed).substring(0, ID_DIGITS));
        var errorClass = decision.reasonCode().equals(EXHAUSTED) ? "settlement_budget_exhausted" : "policy_denied";
        return Optional.of(
                new Refusal(errorClass, decision.reasonCode(), Optional.of(event), Optional.of(decision.json())));
    }

    private static Optional<Refusal> refused(String errorClass, String message) {
        return Optional.of(new Refusal(errorClass, message, Optional.empty(), Optional.empty()));
    }

    /** Settles what was set aside for a call that ended; returns the class of error if that is not possible. */
    Optional<String> settle(Sql sql, ToolCall call, String state, Map<String, Object> output, String reason)
            throws SQLException {
        if (call.charge().isEmpty()) {
            return Optional.empty();
        }
        var charge = call.charge().get();
        var key = Reservations.keyOf(sql, call.runId(), call.callId());
        if (key.isEmpty()) {
            return Optional.of("settlement_not_reserved");
        }
        if (!state.equals("succeeded")) {
            var left = charge.mayBeRepeated() ? "released" : "reconcile_required";
            return error(reservations.settle(sql, key.get(), left, reason));
        }
        var correlation = correlation(charge, output);
        if (correlation == null && !charge.mayBeRepeated()) {
            reservations.settle(sql, key.get(), "reconcile_required", "settlement_correlation_missing");
            return Optional.of("settlement_correlation_missing");
        }
        if (correlation != null) {
            reservations.correlate(sql, key.get(), correlation);
        }
        return error(reservations.settle(sql, key.get(), "committed", null));
    }

    private static String correlation(Charge charge, Map<String, Object> output) {
        return output.get("provider_correlation_id") instanceof String told ? told : charge.correlationId();
    }

    private static Optional<String> error(Reservations.Settled settled) {
        return switch (settled) {
            case OK -> Optional.empty();
            case NOT_RESERVED -> Optional.of("settlement_not_reserved");
            case INVALID_TRANSITION -> Optional.of("settlement_invalid_transition");
        };
    }

    /** Hears of every decision of policy. */
    @FunctionalInterface
    public interface Decisions {
        void decided(String word, String mode, String boundary, Map<String, Object> budget);
    }

    /**
     * Why a call is not made.
     *
     * @param event the payload of {@code policy.decision}, if policy denied it
     */
    record Refusal(
            String errorClass,
            String message,
            Optional<Map<String, Object>> event,
            Optional<Map<String, Object>> policy) {}
}
