package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.config.Variables;

/** How one of the two kinds of tokens is made; both are configured by variables of the same endings (contract 5.6). */
record MintConfig(
        boolean enabled, long ttlSeconds, String issuer, String audience, String keyId, String key, String version) {
    private static final long DEFAULT_TTL = 300;
    private static final long SHORTEST_TTL = 60;
    private static final long LONGEST_TTL = 900;

    static MintConfig sync(Variables variables) {
        return read(variables, "OA_SYNC_TOKEN_", "openagents-sync", "sync-auth-v1", "oa_sync_claims_v1");
    }

    static MintConfig khala(Variables variables) {
        return read(variables, "OA_KHALA_TOKEN_", "openagents-khala", "khala-auth-v1", "oa_khala_claims_v1");
    }

    private static MintConfig read(
            Variables variables, String prefix, String audience, String keyId, String claimsVersion) {
        return new MintConfig(
                variables.truthy(prefix + "ENABLED", true),
                variables.number(prefix + "TTL_SECONDS", (int) DEFAULT_TTL),
                variables.text(prefix + "ISSUER", variables.text("APP_URL", "http://localhost")),
                variables.text(prefix + "AUDIENCE", audience),
                variables.text(prefix + "KEY_ID", keyId),
                variables.text(prefix + "SIGNING_KEY", ""),
                variables.text(prefix + "CLAIMS_VERSION", claimsVersion));
    }

    /** Whether tokens can be made at all. */
    boolean isUsable() {
        return enabled && !key.isBlank() && ttlSeconds >= SHORTEST_TTL && ttlSeconds <= LONGEST_TTL;
    }

    @Override
    public String toString() {
        return "tokens of " + issuer + " for " + audience + ", key " + keyId;
    }
}
