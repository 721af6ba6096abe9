package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Signs JSON web tokens with the one key of its kind. */
final class TokenMint {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final MintConfig config;

    TokenMint(MintConfig config) {
        this.config = config;
    }

    MintConfig config() {
        return config;
    }

    /**
     * Returns the members that both endpoints answer.
     *
     * @param extra the claims beside those that every token has
     */
    Map<String, Object> mint(long userId, Instant now, Map<String, Object> extra) {
        long issuedAt = now.getEpochSecond();
        var claims = Json.object(
                "iss",
                config.issuer(),
                "aud",
                config.audience(),
                "sub",
                "user:" + userId,
                "iat",
                issuedAt,
                "nbf",
                issuedAt,
                "exp",
                issuedAt + config.ttlSeconds());
        claims.putAll(Json.object(
                "jti", UUID.randomUUID().toString(),
                "oa_user_id", userId,
                "oa_claims_version", config.version()));
        claims.putAll(extra);
        var header = Json.object("alg", "HS256", "kid", config.keyId(), "typ", "JWT");
        var signed = segment(header) + "." + segment(claims);
        var signature =
                Hmac.sha256(config.key().getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8));
        var token = signed + "." + BASE64.encodeToString(signature);
        return describe(token, "user:" + userId, issuedAt);
    }

    private Map<String, Object> describe(String token, String subject, long issuedAt) {
        var data = Json.object(
                "token", token,
                "token_type", "Bearer",
                "expires_in", config.ttlSeconds(),
                "issued_at", Instant.ofEpochSecond(issuedAt).toString(),
                "expires_at",
                        Instant.ofEpochSecond(issuedAt + config.ttlSeconds()).toString());
        data.putAll(Json.object(
                "issuer", config.issuer(),
                "audience", config.audience(),
                "subject", subject,
                "claims_version", config.version()));
        return data;
    }

    private static String segment(Map<String, Object> json) {
        return BASE64.encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8));
    }
}
