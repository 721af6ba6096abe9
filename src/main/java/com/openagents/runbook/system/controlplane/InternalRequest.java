package com.openagents.runbook.system.controlplane;

import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCall.Credential;
import com.openagents.runbook.system.http.Segments;
import com.openagents.runbook.system.http.Shell;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for a provider secret, signed with the internal shared secret (contract 0.3 and 16). It names no provider: of
 * interest is only whether the signature is accepted, which comes first.
 */
final class InternalRequest {
    private static final String PATH = "/api/internal/runtime/integrations/secrets/fetch";
    private static final String KEY_ID = "runtime-internal-v1";
    private static final String BODY = "{}";

    private final URI uri;

    InternalRequest(URI base) {
        uri = URI.create(base.toString().replaceFirst("/$", "") + PATH);
    }

    HttpCall signedWith(String secret) {
        var timestamp = String.valueOf(Instant.now().getEpochSecond());
        var nonce = "runbook-" + UUID.randomUUID();
        var hash = Sha256.of(BODY);
        var headers = new LinkedHashMap<String, String>();
        headers.put("accept", "application/json");
        headers.put("content-type", "application/json");
        headers.put("x-oa-internal-key-id", KEY_ID);
        headers.put("x-oa-internal-timestamp", timestamp);
        headers.put("x-oa-internal-nonce", nonce);
        headers.put("x-oa-internal-body-sha256", hash);
        var signature = Segments.signature(timestamp + "\n" + nonce + "\n" + hash, secret);
        var credential = new Credential(
                "x-oa-internal-signature",
                HexFormat.of().formatHex(Base64.getUrlDecoder().decode(signature)),
                "$SIGNATURE");
        return new HttpCall("POST", uri, headers, Optional.of(credential), Optional.of(BODY), "");
    }

    /** The command that asks the same, with the secret in {@code OA_RUNTIME_INTERNAL_SHARED_SECRET}. */
    String byHand() {
        return Shell.NOW + "HASH=$(printf %s '" + BODY + "' | sha256sum | cut -d' ' -f1)\n"
                + "SIGNATURE=$(printf '%s\\n%s\\n%s' $NOW by-hand-$NOW $HASH"
                + " | openssl dgst -sha256 -hmac \"$OA_RUNTIME_INTERNAL_SHARED_SECRET\" -r | cut -d' ' -f1)\n"
                + "curl -sS -i -X POST -H 'content-type: application/json' -H 'x-oa-internal-key-id: " + KEY_ID
                + "' -H \"x-oa-internal-timestamp: $NOW\" -H \"x-oa-internal-nonce: by-hand-$NOW\""
                + " -H \"x-oa-internal-body-sha256: $HASH\" -H \"x-oa-internal-signature: $SIGNATURE\" -d '" + BODY
                + "' " + uri;
    }
}
