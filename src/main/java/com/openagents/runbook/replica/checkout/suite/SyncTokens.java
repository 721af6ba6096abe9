package com.openagents.runbook.replica.checkout.suite;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Sync tokens signed with the development key that a service without keys of its own trusts (contract 0.3). */
final class SyncTokens {
    static final String KEY_ID = "sync-auth-v1";
    private static final String KEY = "dev-sync-signing-key";
    private static final String AUDIENCE = "openagents-sync";
    private static final long TTL_SECONDS = 300;

    private SyncTokens() {}

    static String fresh(String topic) {
        return issued(topic, 0, KEY_ID, AUDIENCE);
    }

    /** A token that was issued that long ago and lived five minutes. */
    static String aged(String topic, long seconds) {
        return issued(topic, seconds, KEY_ID, AUDIENCE);
    }

    static String issued(String topic, long secondsAgo, String keyId, String audience) {
        long issuedAt = Instant.now().getEpochSecond() - secondsAgo;
        var claims = Json.object("iss", "https://openagents.test", "aud", audience, "sub", "user:7");
        claims.putAll(Json.object("iat", issuedAt, "nbf", issuedAt, "exp", issuedAt + TTL_SECONDS));
        claims.putAll(Json.object("jti", UUID.randomUUID().toString(), "oa_user_id", 7, "oa_org_id", "user:7"));
        claims.putAll(Json.object("oa_sync_scopes", List.of(topic), "oa_claims_version", "oa_sync_claims_v1"));
        var header = Json.object("alg", "HS256", "kid", keyId, "typ", "JWT");
        var signed = segment(bytes(Json.write(header))) + "." + segment(bytes(Json.write(claims)));
        return signed + "." + segment(Hmac.sha256(bytes(KEY), bytes(signed)));
    }

    private static String segment(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
