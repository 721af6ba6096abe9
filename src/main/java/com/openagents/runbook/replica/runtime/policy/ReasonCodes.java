package com.openagents.runbook.replica.runtime.policy;

import java.util.Set;

/** The reason codes of contract 9.2. */
public final class ReasonCodes {
    public static final String VERSION = "runtime-policy-reasons.v1";

    private static final Set<String> ALL = Set.of(
            "policy_allowed.default",
            "policy_denied.explicit_deny",
            "policy_denied.consent_required",
            "policy_denied.suppressed_recipient",
            "policy_denied.authorization_missing",
            "policy_denied.authorization_expired",
            "policy_denied.authorization_revoked",
            "policy_denied.invalid_authorization_mode",
            "policy_denied.budget_exhausted",
            "loop_detected.no_progress",
            "ssrf_block.private_address",
            "ssrf_block.metadata_endpoint",
            "ssrf_block.host_not_allowed",
            "ssrf_block.invalid_url",
            "ssrf_block.dns_resolution_failed",
            "ssrf_block.dns_pin_mismatch",
            "ssrf_block.redirect_limit_exceeded",
            "ssrf_block.redirect_missing_location",
            "ssrf_block.redirect_invalid_location",
            "manifest_validation.invalid_schema",
            "comms_failed.provider_error",
            "comms_failed.provider_circuit_open",
            "comms_failed.fallback_exhausted",
            "coding_failed.provider_error",
            "coding_failed.provider_circuit_open");

    private ReasonCodes() {}

    public static boolean isKnown(String code) {
        return ALL.contains(code);
    }
}
