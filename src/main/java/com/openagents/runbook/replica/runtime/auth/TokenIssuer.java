package com.openagents.runbook.replica.runtime.auth;

import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Signs internal API tokens, as the control plane and the smoke check do (contract 3.2 and 4). */
public final class TokenIssuer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] secret;

    public TokenIssuer(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** @param claims the claims beside {@code iat}, {@code exp} and {@code nonce} */
    public String issue(long issuedAt, long ttlSeconds, String nonce, Map<String, Object> claims) {
        var all = new TreeMap<>(claims);
        all.put("iat", issuedAt);
        all.put("exp", issuedAt + ttlSeconds);
        all.put("nonce", nonce);
        var payload = BASE64.encodeToString(Json.write(all).getBytes(StandardCharsets.UTF_8));
        var signature = Hmac.sha256(secret, payload.getBytes(StandardCharsets.UTF_8));
        return "v1." + payload + "." + BASE64.encodeToString(signature);
    }
}
