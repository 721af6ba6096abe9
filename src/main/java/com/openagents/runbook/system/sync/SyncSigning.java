package com.openagents.runbook.system.sync;

import java.util.function.Supplier;

/**
 * What a right sync token holds (contract 5.5).
 *
 * @param keyId the {@code kid}
 * @param key read anew for every token, so a rotated one is noticed
 */
public record SyncSigning(String keyId, Supplier<String> key, String issuer, String audience, String claimsVersion) {
    /** The runtime's default (contract 0.3). */
    public static final String AUDIENCE = "openagents-sync";
    /** The runtime's default (contract 0.3). */
    public static final String CLAIMS_VERSION = "oa_sync_claims_v1";

    @Override
    public String toString() {
        return "sync tokens of " + issuer + " for " + audience + ", key " + keyId;
    }
}
