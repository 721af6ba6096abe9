package com.openagents.runbook.replica.runtime.tools;

import java.util.LinkedHashMap;
import java.util.Map;

/** The optional policy of a tool invocation. */
record ToolPolicy(Map<String, Object> evaluated, Map<String, Object> budget, boolean writeApproved) {

    static ToolPolicy read(Map<String, Object> policy) {
        var evaluated = new LinkedHashMap<>(object(policy.get("policy")));
        for (var key : new String[] {"authorization_id", "authorization_mode"}) {
            if (policy.get(key) instanceof String text && !text.isBlank()) {
                evaluated.put(key, text.trim());
            }
        }
        return new ToolPolicy(
                evaluated, object(policy.get("budget")), Boolean.TRUE.equals(policy.get("write_approved")));
    }

    /** The mode as a metric label: client text is bounded by what the evaluator accepts. */
    String modeLabel() {
        var mode = evaluated.get("authorization_mode");
        return mode instanceof String text && text.matches("delegated_budget(_with_threshold)?|interactive|deny|system")
                ? text
                : "none";
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
