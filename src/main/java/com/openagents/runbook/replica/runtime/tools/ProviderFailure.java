package com.openagents.runbook.replica.runtime.tools;

/** A provider call that did not succeed. */
final class ProviderFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String reasonCode;

    private ProviderFailure(String reason, String reasonCode) {
        super(reason, null, false, false);
        this.reason = reason;
        this.reasonCode = reasonCode;
    }

    static ProviderFailure error(String reason) {
        return new ProviderFailure(reason, "coding_failed.provider_error");
    }

    /** No secret to call the provider with, which the service reports as if policy had denied the call (C14). */
    static ProviderFailure missingToken() {
        return new ProviderFailure("missing_api_token", "policy_denied.explicit_deny");
    }

    String reason() {
        return reason;
    }

    String reasonCode() {
        return reasonCode;
    }
}
