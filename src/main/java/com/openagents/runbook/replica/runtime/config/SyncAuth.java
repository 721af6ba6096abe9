package com.openagents.runbook.replica.runtime.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sync token must carry (contract 0.3 and 5.5).
 *
 * @param keys signing keys by key id
 */
public record SyncAuth(
        String issuer,
        String audience,
        String claimsVersion,
        List<String> allowedAlgorithms,
        Map<String, String> keys) {

    /** A pair of key id and key counts only if both are given; without any pair a built-in development key is trusted. */
    public static SyncAuth read(Variables variables) {
        var keys = new LinkedHashMap<String, String>();
        addPair(keys, variables, "OA_SYNC_TOKEN_KEY_ID", "OA_SYNC_TOKEN_SIGNING_KEY");
        addPair(keys, variables, "OA_SYNC_TOKEN_PREVIOUS_KEY_ID", "OA_SYNC_TOKEN_PREVIOUS_SIGNING_KEY");
        if (keys.isEmpty()) {
            keys.put("sync-auth-v1", "dev-sync-signing-key");
        }
        return new SyncAuth(
                variables.text("OA_SYNC_TOKEN_ISSUER", "https://openagents.test"),
                variables.text("OA_SYNC_TOKEN_AUDIENCE", "openagents-sync"),
                variables.text("OA_SYNC_TOKEN_CLAIMS_VERSION", "oa_sync_claims_v1"),
                variables.list("OA_SYNC_TOKEN_ALLOWED_ALGS", "HS256"),
                Map.copyOf(keys));
    }

    private static void addPair(Map<String, String> keys, Variables variables, String idName, String keyName) {
        var id = variables.text(idName, "").trim();
        var key = variables.text(keyName, "").trim();
        if (!id.isEmpty() && !key.isEmpty()) {
            keys.putIfAbsent(id, key);
        }
    }

    @Override
    public String toString() {
        return "sync tokens of " + issuer + " for " + audience + ", keys " + keys.keySet();
    }
}
