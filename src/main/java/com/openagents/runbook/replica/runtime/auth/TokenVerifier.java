package com.openagents.runbook.replica.runtime.auth;

import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Judges the internal API token {@code v1.<payload>.<signature>} in the order of contract 3.2. */
public final class TokenVerifier {
    private static final long CLOCK_SKEW_SECONDS = 30;

    private final List<byte[]> secrets;
    private final NonceStore nonces;
    private final InstantSource clock;

    /** @param secrets a token signed with any of them is good; a healthy process has one */
    public TokenVerifier(List<String> secrets, NonceStore nonces, InstantSource clock) {
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * @param expected claims that must be equal, by name
     * @param connection names the connection that brought the token
     * @throws TokenRejected with the outcome of the first check that fails
     */
    public void verify(String token, Map<String, Object> expected, String connection) throws TokenRejected {
        var parts = token.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals("v1")) {
            throw TokenRejected.unauthorized("invalid token encoding");
        }
        var claims = decode(parts[1]);
        checkSignature(parts[1], decodeBase64(parts[2]));
        long now = clock.instant().getEpochSecond();
        long expiresAt = checkLife(claims, now);
        checkExpected(claims, expected);
        if (!nonces.remember((String) claims.get("nonce"), expiresAt, now, connection)) {
            throw TokenRejected.unauthorized("token nonce already used");
        }
    }

    private void checkSignature(String payloadSegment, byte[] signature) throws TokenRejected {
        var signed = payloadSegment.getBytes(StandardCharsets.UTF_8);
        if (secrets.stream().noneMatch(secret -> MessageDigest.isEqual(Hmac.sha256(secret, signed), signature))) {
            throw TokenRejected.unauthorized("invalid token signature");
        }
    }

    private static long checkLife(Map<String, Object> claims, long now) throws TokenRejected {
        if (!(claims.get("iat") instanceof Long issuedAt)
                || !(claims.get("exp") instanceof Long expiresAt)
                || !(claims.get("nonce") instanceof String nonce)
                || nonce.isEmpty()
                || expiresAt <= issuedAt) {
            throw TokenRejected.unauthorized("invalid token claims");
        }
        if (expiresAt <= now) {
            throw TokenRejected.unauthorized("token expired");
        }
        if (issuedAt > now + CLOCK_SKEW_SECONDS) {
            throw TokenRejected.unauthorized("token issued in the future");
        }
        return expiresAt;
    }

    private static void checkExpected(Map<String, Object> claims, Map<String, Object> expected) throws TokenRejected {
        for (var claim : expected.entrySet()) {
            if (!Objects.equals(claims.get(claim.getKey()), claim.getValue())) {
                throw TokenRejected.forbidden("claim mismatch for " + claim.getKey());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> decode(String segment) throws TokenRejected {
        try {
            if (Json.parse(new String(decodeBase64(segment), StandardCharsets.UTF_8)) instanceof Map<?, ?> claims) {
                return (Map<String, Object>) claims;
            }
        } catch (IOException notJson) {
            // The same answer as for JSON of another shape.
        }
        throw TokenRejected.unauthorized("invalid token encoding");
    }

    private static byte[] decodeBase64(String segment) throws TokenRejected {
        try {
            if (!segment.endsWith("=")) {
                return Base64.getUrlDecoder().decode(segment);
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for padding.
        }
        throw TokenRejected.unauthorized("invalid token encoding");
    }
}
