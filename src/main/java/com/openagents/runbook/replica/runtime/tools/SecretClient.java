package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.config.ControlPlaneAccess;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Fetches provider secrets from the control plane by a signed request, and keeps each for a short time in memory. */
final class SecretClient {
    private static final List<String> SCOPE = List.of("user_id", "integration_id", "run_id", "tool_call_id");

    private final ControlPlaneAccess access;
    private final InstantSource clock;
    private final boolean misdates;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    /** @param misdates whether requests bear the seconds since the machine started, as published (C14) */
    SecretClient(ControlPlaneAccess access, InstantSource clock, boolean misdates) {
        this.access = access;
        this.clock = clock;
        this.misdates = misdates;
    }

    String fetch(String provider, Map<String, Object> request) throws ProviderFailure {
        if (!access.isConfigured()) {
            throw ProviderFailure.missingToken();
        }
        var scope = Json.object("provider", provider);
        for (var name : SCOPE) {
            var value = request.get(name);
            if (value == null || value.toString().isBlank()) {
                throw ProviderFailure.missingToken();
            }
            scope.put(name, value);
        }
        var body = Json.write(scope);
        var now = clock.instant();
        var cached = cache.get(body);
        if (cached != null && cached.expiresAt().isAfter(now)) {
            return cached.secret();
        }
        return remember(body, now, ask(body, now));
    }

    private Map<String, Object> ask(String body, Instant now) throws ProviderFailure {
        try {
            var url = access.baseUrl().replaceAll("/+$", "") + "/"
                    + access.secretFetchPath().replaceAll("^/+", "");
            var answer = HttpCall.send("POST", url, headers(body, now), body, access.requestTimeoutMillis());
            if (answer.status() == 401 || answer.status() == 403 || answer.status() == 404) {
                throw ProviderFailure.missingToken();
            }
            if (answer.isSuccess()
                    && Json.parse(answer.body()) instanceof Map<?, ?> map
                    && map.get("data") instanceof Map<?, ?> data) {
                return Json.object("secret", data.get("secret"), "cache_ttl_ms", data.get("cache_ttl_ms"));
            }
            throw ProviderFailure.error("invalid_response");
        } catch (IOException unreachable) {
            throw ProviderFailure.error("transport_error");
        }
    }

    private Map<String, String> headers(String body, Instant now) {
        var seconds = misdates ? TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()) : now.getEpochSecond();
        var timestamp = String.valueOf(seconds);
        var nonce = "nonce_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        var hash = Digests.hex(Digests.sha256(body.getBytes(StandardCharsets.UTF_8)));
        var signed = (timestamp + "\n" + nonce + "\n" + hash).getBytes(StandardCharsets.UTF_8);
        var signature = Digests.hex(Hmac.sha256(access.sharedSecret().getBytes(StandardCharsets.UTF_8), signed));
        return Map.of(
                "content-type",
                "application/json",
                "accept",
                "application/json",
                "x-oa-internal-key-id",
                access.keyId(),
                "x-oa-internal-timestamp",
                timestamp,
                "x-oa-internal-nonce",
                nonce,
                "x-oa-internal-body-sha256",
                hash,
                "x-oa-internal-signature",
                signature,
                "x-oa-internal-signature-ttl",
                String.valueOf(access.signatureTtlSeconds()));
    }

    private String remember(String key, Instant now, Map<String, Object> data) throws ProviderFailure {
        if (!(data.get("secret") instanceof String secret) || secret.isEmpty()) {
            throw ProviderFailure.error("invalid_response");
        }
        long ttl =
                data.get("cache_ttl_ms") instanceof Long millis && millis >= 0 ? millis : access.secretCacheTtlMillis();
        cache.values().removeIf(cached -> !cached.expiresAt().isAfter(now));
        cache.put(key, new Cached(secret, now.plusMillis(ttl)));
        return secret;
    }

    private record Cached(String secret, Instant expiresAt) {}
}
