package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes sync tokens by hand, good ones and others. */
public final class SyncTokens {
    public static final String KEY_ID = "sync-auth-v1";
    public static final String KEY = "dev-sync-signing-key";

    private SyncTokens() {}

    public static String forTopics(String... topics) {
        var claims = claims();
        claims.put("oa_sync_scopes", List.of(topics));
        return sign(header(), claims, KEY);
    }

    public static Map<String, Object> header() {
        return Json.object("alg", "HS256", "kid", KEY_ID, "typ", "JWT");
    }

    public static Map<String, Object> claims() {
        long now = Instant.now().getEpochSecond();
        var claims = Json.object(
                "iss", "https://openagents.test", "aud", "openagents-sync", "sub", "user:7", "iat", now, "nbf", now);
        claims.putAll(Json.object(
                "exp",
                now + 300,
                "jti",
                UUID.randomUUID().toString(),
                "oa_user_id",
                7,
                "oa_org_id",
                "user:7",
                "oa_sync_scopes",
                List.of("runtime.codex_worker_events"),
                "oa_claims_version",
                "oa_sync_claims_v1"));
        return claims;
    }

    public static String sign(Map<String, Object> header, Map<String, Object> claims, String key) {
        var signed = segment(Json.write(header)) + "." + segment(Json.write(claims));
        var signature = Hmac.sha256(key.getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String segment(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
