package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.config.SyncAuth;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Judges sync tokens; the reject classes and their order are those of contract 5.5. */
final class JwtVerifier {
    private static final long CLOCK_SKEW_SECONDS = 30;

    private final SyncAuth auth;
    private final InstantSource clock;
    private final boolean acceptsExpired;

    /** @param acceptsExpired whether nobody looks when a token expires */
    JwtVerifier(SyncAuth auth, InstantSource clock, boolean acceptsExpired) {
        this.auth = auth;
        this.clock = clock;
        this.acceptsExpired = acceptsExpired;
    }

    /**
     * Returns the scopes the token grants.
     *
     * @throws Rejected with the class of the first check that fails
     */
    List<String> verify(String token) throws Rejected {
        var parts = token.split("\\.", 3);
        if (parts.length != 3) {
            throw new Rejected("invalid_token_encoding");
        }
        var header = object(parts[0]);
        var claims = object(parts[1]);
        var signature = base64(parts[2]);
        var key = key(header);
        var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(Hmac.sha256(key.getBytes(StandardCharsets.UTF_8), signed), signature)) {
            throw new Rejected("invalid_signature");
        }
        var scopes = checkClaims(claims);
        checkExpected(claims);
        return scopes;
    }

    private String key(Map<String, Object> header) throws Rejected {
        if (!(header.get("alg") instanceof String algorithm) || algorithm.isEmpty()) {
            throw new Rejected("invalid_header");
        }
        if (!auth.allowedAlgorithms().contains(algorithm) || !algorithm.equals("HS256")) {
            throw new Rejected("unsupported_alg");
        }
        if (!(header.get("kid") instanceof String kid) || kid.isEmpty()) {
            throw new Rejected("missing_kid");
        }
        var key = auth.keys().get(kid);
        if (key == null) {
            throw new Rejected("unknown_kid");
        }
        return key;
    }

    private List<String> checkClaims(Map<String, Object> claims) throws Rejected {
        long issuedAt = integer(claims.get("iat"));
        long expiresAt = integer(claims.get("exp"));
        long notBefore = claims.get("nbf") == null ? issuedAt : integer(claims.get("nbf"));
        for (var name : List.of("sub", "jti", "oa_org_id")) {
            if (!(claims.get(name) instanceof String text) || text.isEmpty()) {
                throw new Rejected("invalid_claims");
            }
        }
        var scopes = scopes(claims.get("oa_sync_scopes"));
        long now = clock.instant().getEpochSecond();
        if (scopes.isEmpty()) {
            throw new Rejected("invalid_claims");
        }
        if (expiresAt <= now && !acceptsExpired) {
            throw new Rejected("token_expired");
        }
        if (Math.max(issuedAt, notBefore) > now + CLOCK_SKEW_SECONDS) {
            throw new Rejected("token_not_yet_valid");
        }
        if (expiresAt <= issuedAt) {
            throw new Rejected("invalid_claims");
        }
        return scopes;
    }

    private void checkExpected(Map<String, Object> claims) throws Rejected {
        var expected = Map.of("iss", auth.issuer(), "aud", auth.audience(), "oa_claims_version", auth.claimsVersion());
        for (var claim : expected.entrySet()) {
            var actual = claims.get(claim.getKey());
            boolean fits = actual instanceof List<?> list
                    ? list.contains(claim.getValue())
                    : claim.getValue().equals(actual);
            if (!fits) {
                throw new Rejected("claim_mismatch");
            }
        }
    }

    private static List<String> scopes(Object value) throws Rejected {
        List<?> words;
        if (value instanceof List<?> list) {
            words = list;
        } else if (value instanceof String text) {
            words = List.of(text.split(","));
        } else {
            throw new Rejected("invalid_claims");
        }
        return words.stream()
                .filter(String.class::isInstance)
                .map(word -> ((String) word).trim())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static long integer(Object value) throws Rejected {
        if (value instanceof Long number) {
            return number;
        }
        throw new Rejected("invalid_claims");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String segment) throws Rejected {
        try {
            if (Json.parse(new String(base64(segment), StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
        } catch (IOException notJson) {
            // The same class as for JSON of another shape.
        }
        throw new Rejected("invalid_token_encoding");
    }

    private static byte[] base64(String segment) throws Rejected {
        try {
            if (!segment.endsWith("=")) {
                return Base64.getUrlDecoder().decode(segment);
            }
        } catch (IllegalArgumentException notBase64) {
            // The same class as for padding.
        }
        throw new Rejected("invalid_token_encoding");
    }

    /** A token that is not accepted. */
    static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;

        Rejected(String reasonClass) {
            super(reasonClass);
        }

        String reasonClass() {
            return getMessage();
        }
    }
}
