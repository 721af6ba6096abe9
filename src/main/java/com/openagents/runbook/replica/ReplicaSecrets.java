package com.openagents.runbook.replica;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What nobody may know, made anew for each replica.
 *
 * @param runtime the Secret {@code runtime-secrets}: the three keys of the manifests, and the sync keyring that the
 *     published manifests leave out (contract 18, A11)
 * @param apiToken what a person shows to the token mint
 * @param internal what the runtime signs its requests to the control plane with
 * @param provider what a tool shows to its provider
 * @param cloudRun what a caller of the Cloud Run Admin API shows
 */
public record ReplicaSecrets(
        Map<String, String> runtime, String apiToken, String internal, String provider, String cloudRun) {
    public static final String SYNC_KEY_ID = "OA_SYNC_TOKEN_KEY_ID";
    public static final String SYNC_KEY = "OA_SYNC_TOKEN_SIGNING_KEY";
    static final String INTERNAL = "OA_RUNTIME_INTERNAL_SHARED_SECRET";

    private static final String FIRST_KEY_ID = "sync-auth-v1";

    public ReplicaSecrets {
        runtime = Map.copyOf(runtime);
    }

    /** @param databaseUrl as the pods reach their database, with the password */
    public static ReplicaSecrets random(String databaseUrl) {
        var internal = value(32);
        var runtime = Map.of(
                "DATABASE_URL",
                databaseUrl,
                "SECRET_KEY_BASE",
                value(48),
                "RUNTIME_SIGNATURE_SECRET",
                value(32),
                SYNC_KEY_ID,
                FIRST_KEY_ID,
                SYNC_KEY,
                value(32),
                INTERNAL,
                internal);
        return new ReplicaSecrets(runtime, value(24), internal, value(24), value(24));
    }

    /** How the token mint is configured when it fits the pods. */
    public Map<String, String> ofMint(String issuer) {
        return Map.of(
                "OA_SYNC_TOKEN_ENABLED",
                "true",
                "OA_SYNC_TOKEN_ISSUER",
                issuer,
                SYNC_KEY_ID,
                runtime.get(SYNC_KEY_ID),
                SYNC_KEY,
                runtime.get(SYNC_KEY));
    }

    /**
     * How the control plane is configured when it fits the pods.
     *
     * @param user to whom the API token belongs
     */
    public Map<String, String> ofControlPlane(String issuer, long user) {
        var variables = new LinkedHashMap<>(ofMint(issuer));
        variables.put(INTERNAL, internal);
        variables.put("OA_REPLICA_PROVIDER_SECRET", provider);
        variables.put("OA_KHALA_TOKEN_SIGNING_KEY", internal);
        variables.put("OA_REPLICA_API_TOKENS", apiToken + "=" + user);
        return variables;
    }

    /** The values that no record may hold; the id of a key is none. */
    public Map<String, String> confidential() {
        var values = new HashMap<>(runtime);
        values.remove(SYNC_KEY_ID);
        values.put("API_TOKEN", apiToken);
        values.put("PROVIDER_TOKEN", provider);
        values.put("CLOUD_RUN_TOKEN", cloudRun);
        return values;
    }

    private static String value(int bytes) {
        var value = new byte[bytes];
        new SecureRandom().nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    @Override
    public String toString() {
        return "secrets " + runtime.keySet();
    }
}
