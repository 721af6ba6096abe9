package com.openagents.runbook.replica.runtime.spend;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.policy.PolicyEvaluator;
import com.openagents.runbook.replica.runtime.policy.PolicyEvaluator.Decision;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Which authorization pays for the tool calls of a run, and whether it may (contract 9.3). */
public final class Authorizations {
    private static final String MOST_SPECIFIC = "SELECT a.* FROM runtime.spend_authorizations a"
            + " JOIN runtime.runs r ON r.run_id = ?"
            + " AND a.owner_user_id IS NOT DISTINCT FROM r.owner_user_id"
            + " AND a.owner_guest_scope IS NOT DISTINCT FROM r.owner_guest_scope"
            + " WHERE (a.run_id IS NULL OR a.run_id = r.run_id) AND (a.thread_id IS NULL OR a.thread_id = r.thread_id)"
            + " AND (a.autopilot_id IS NULL OR a.autopilot_id = ?::varchar)"
            + " AND a.authorization_id = coalesce(?::varchar, a.authorization_id)"
            + " ORDER BY a.run_id IS NULL, a.thread_id IS NULL, a.autopilot_id IS NULL, a.issued_at DESC LIMIT 1";

    private final Database database;
    private final InstantSource clock;

    public Authorizations(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param autopilotId null if the call belongs to no autopilot */
    public Resolution resolve(String runId, String autopilotId) throws SQLException {
        return resolve(runId, autopilotId, null);
    }

    /** @param authorizationId null if the call names none and the most specific one pays */
    public Resolution resolve(String runId, String autopilotId, String authorizationId) throws SQLException {
        var found = database.query(
                sql -> sql.find(MOST_SPECIFIC, Authorization::read, runId, autopilotId, authorizationId));
        return new Resolution(found, decide(found));
    }

    private Decision decide(Optional<Authorization> found) {
        if (found.isEmpty()) {
            return PolicyEvaluator.evaluate(Map.of(), Map.of(), Map.of());
        }
        var authorization = found.get();
        var policy = Json.object("authorization_id", authorization.id(), "authorization_mode", authorization.mode());
        denial(authorization).ifPresent(code -> {
            policy.put("decision", "denied");
            policy.put("reason_code", code);
        });
        return PolicyEvaluator.evaluate(policy, authorization.budget().json(), Map.of());
    }

    private Optional<String> denial(Authorization authorization) {
        if (authorization.revokedAt() != null) {
            return Optional.of("policy_denied.authorization_revoked");
        }
        if (authorization.expiresAt() != null && !authorization.expiresAt().isAfter(clock.instant())) {
            return Optional.of("policy_denied.authorization_expired");
        }
        return authorization.mode().equals("deny") ? Optional.of("policy_denied.explicit_deny") : Optional.empty();
    }

    /** One row of {@code runtime.spend_authorizations}. */
    public record Authorization(String id, String mode, Budget budget, Instant expiresAt, Instant revokedAt) {
        static Authorization read(Row row) throws SQLException {
            return new Authorization(
                    row.text("authorization_id"),
                    row.text("mode"),
                    Budget.read(row),
                    row.instant("expires_at"),
                    row.instant("revoked_at"));
        }
    }

    /** @param authorization nothing if no authorization of the run's owner fits */
    public record Resolution(Optional<Authorization> authorization, Decision decision) {
        public String mode() {
            return authorization.map(Authorization::mode).orElse("none");
        }

        public Map<String, Object> budget() {
            return authorization.map(known -> known.budget().json()).orElse(Map.of());
        }
    }
}
