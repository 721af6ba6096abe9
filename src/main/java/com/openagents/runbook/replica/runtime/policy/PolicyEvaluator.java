package com.openagents.runbook.replica.runtime.policy;

import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a tool call is allowed; the first rule of contract 9.1 that matches decides. */
public final class PolicyEvaluator {
    private static final Set<String> MODES =
            Set.of("delegated_budget", "delegated_budget_with_threshold", "interactive", "deny", "system");

    private PolicyEvaluator() {}

    /** All three may be empty, none may be null. */
    public static Decision evaluate(
            Map<String, Object> policy, Map<String, Object> budget, Map<String, Object> context) {
        var reason = denial(policy, budget, context);
        var word = reason == null ? "allowed" : "denied";
        var code = reason == null ? "policy_allowed.default" : reason;
        var hashed = Json.object(
                "decision", word,
                "reason_code", code,
                "policy",
                        take(policy, "authorization_id", "authorization_mode", "decision", "reason_code", "policy_id"),
                "budget", take(budget, "spent_sats", "reserved_sats", "remaining_sats"),
                "context", take(context, "loop_detected_reason", "ssrf_block_reason", "manifest_validation_reason"));
        return new Decision(word, code, Digests.canonical(hashed));
    }

    private static String denial(Map<String, Object> policy, Map<String, Object> budget, Map<String, Object> context) {
        for (var rule : List.of(
                List.of("manifest_validation_reason", "manifest_validation.", "manifest_validation.invalid_schema"),
                List.of("loop_detected_reason", "loop_detected.", "loop_detected.no_progress"),
                List.of("ssrf_block_reason", "ssrf_block.", "ssrf_block.private_address"))) {
            var given = context.get(rule.get(0));
            if (given != null) {
                return codeOr(given, rule.get(1), rule.get(2));
            }
        }
        if ("denied".equals(policy.get("decision"))) {
            return codeOr(policy.get("reason_code"), "", "policy_denied.explicit_deny");
        }
        if (!(policy.get("authorization_id") instanceof String id) || id.isBlank()) {
            return "policy_denied.authorization_missing";
        }
        var mode = policy.get("authorization_mode");
        if (mode != null && !(mode instanceof String text && MODES.contains(text.trim()))) {
            return "policy_denied.invalid_authorization_mode";
        }
        return isExhausted(budget.get("remaining_sats")) ? "policy_denied.budget_exhausted" : null;
    }

    private static String codeOr(Object given, String prefix, String fallback) {
        return given instanceof String code && code.trim().startsWith(prefix) && ReasonCodes.isKnown(code.trim())
                ? code.trim()
                : fallback;
    }

    private static boolean isExhausted(Object remaining) {
        if (remaining instanceof Number number) {
            return number.longValue() <= 0;
        }
        return remaining instanceof String text && text.trim().matches("-\\d+|0+");
    }

    private static Map<String, Object> take(Map<String, Object> map, String... keys) {
        var taken = new LinkedHashMap<String, Object>();
        for (var key : keys) {
            if (map.containsKey(key)) {
                taken.put(key, map.get(key));
            }
        }
        return taken;
    }

    /** @param word {@code allowed} or {@code denied} */
    public record Decision(String word, String reasonCode, String evaluationHash) {
        public boolean isAllowed() {
            return word.equals("allowed");
        }

        public Map<String, Object> json() {
            return Json.object(
                    "decision", word,
                    "reason_code", reasonCode,
                    "reason_codes_version", ReasonCodes.VERSION,
                    "evaluation_hash", evaluationHash);
        }
    }
}
