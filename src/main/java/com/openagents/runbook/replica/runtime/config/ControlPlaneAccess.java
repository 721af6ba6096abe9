package com.openagents.runbook.replica.runtime.config;

/** Where provider secrets are fetched from, and how the request is signed (contract 0.3). An empty URL or secret means misconfigured. */
public record ControlPlaneAccess(
        String baseUrl,
        String sharedSecret,
        String keyId,
        String secretFetchPath,
        int signatureTtlSeconds,
        int requestTimeoutMillis,
        long secretCacheTtlMillis) {

    public static ControlPlaneAccess read(Variables variables) {
        return new ControlPlaneAccess(
                variables.text("OA_RUNTIME_INTERNAL_LARAVEL_BASE_URL", ""),
                variables.text("OA_RUNTIME_INTERNAL_SHARED_SECRET", ""),
                variables.text("OA_RUNTIME_INTERNAL_KEY_ID", "runtime-internal-v1"),
                variables.text(
                        "OA_RUNTIME_INTERNAL_SECRET_FETCH_PATH", "/api/internal/runtime/integrations/secrets/fetch"),
                variables.number("OA_RUNTIME_INTERNAL_SIGNATURE_TTL_SECONDS", 60),
                variables.number("OA_RUNTIME_INTERNAL_REQUEST_TIMEOUT_MS", 2_500),
                variables.number("OA_RUNTIME_INTERNAL_SECRET_CACHE_TTL_MS", 60_000));
    }

    public boolean isConfigured() {
        return !baseUrl.isBlank() && !sharedSecret.isBlank();
    }

    @Override
    public String toString() {
        return "control plane at " + baseUrl + ", key id " + keyId;
    }
}
