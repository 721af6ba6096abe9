package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.config.ControlPlaneAccess;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Hands provider secrets to the runtime, which signs its request (contract 0.3, 16 and 18.3, C14). */
final class SecretRoutes {
    private static final String HEADER = "x-oa-internal-";

    private final ControlPlaneAccess trusted;
    private final List<String> secrets;
    private final String providerSecret;
    private final InstantSource clock;

    SecretRoutes(Variables variables, InstantSource clock) {
        this.trusted = ControlPlaneAccess.read(variables);
        this.secrets = Stream.concat(
                        Stream.of(trusted.sharedSecret()), variables.find(ControlPlane.ALSO_TRUSTED).stream())
                .filter(secret -> !secret.isBlank())
                .toList();
        this.providerSecret = variables.setting("PROVIDER_SECRET", "");
        this.clock = clock;
    }

    Route route() {
        return new Route("POST", trusted.secretFetchPath(), Route.Pipeline.OPEN, this::answer);
    }

    private Response answer(Request request) {
        if (!isSigned(request)) {
            return Response.json(401, Json.object("error", Json.object("code", "invalid_signature")));
        }
        if (providerSecret.isEmpty()) {
            return Response.json(404, Json.object("error", Json.object("code", "secret_not_found")));
        }
        var data = Json.object("secret", providerSecret, "cache_ttl_ms", trusted.secretCacheTtlMillis());
        return Response.json(200, Json.object("data", data));
    }

    private boolean isSigned(Request request) {
        var timestamp = request.header(HEADER + "timestamp").orElse("");
        if (!timestamp.matches("\\d{1,18}") || isOld(Long.parseLong(timestamp))) {
            return false;
        }
        var nonce = request.header(HEADER + "nonce").orElse("");
        var hash = Digests.hex(Digests.sha256(bytes(Json.write(request.body()))));
        var signed = bytes(timestamp + "\n" + nonce + "\n" + hash);
        var shown = request.header(HEADER + "signature").orElse("");
        return request.header(HEADER + "key-id").filter(trusted.keyId()::equals).isPresent()
                && secrets.stream()
                        .map(secret -> Digests.hex(Hmac.sha256(bytes(secret), signed)))
                        .anyMatch(expected -> MessageDigest.isEqual(bytes(expected), bytes(shown)));
    }

    private boolean isOld(long timestamp) {
        return Math.abs(clock.instant().getEpochSecond() - timestamp) > trusted.signatureTtlSeconds();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
