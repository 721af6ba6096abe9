package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.HttpCall;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** In whose name requests go out, to where, and with which token. */
record Signing(URI base, Principal principal, Optional<SignatureToken> token, Trace trace) {

    HttpCall call(ApiRequest request) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("accept", "application/json");
        headers.putAll(principal.headers());
        headers.putAll(trace.headers());
        headers.putAll(request.headers());
        var claims = new LinkedHashMap<>(request.claims());
        claims.putAll(principal.claims());
        return new HttpCall(
                request.method(),
                URI.create(withoutSlash(base.toString()) + request.target()),
                headers,
                token.map(signature -> signature.credential(claims)),
                request.body(),
                token.map(signature -> signature.byHand(claims)).orElse(""));
    }

    /** What the evidence says about the asker. */
    Map<String, String> context() {
        var context = new LinkedHashMap<String, String>();
        context.put("server", base.toString());
        principal.userId().ifPresent(id -> context.put("user", id));
        principal.guestScope().ifPresent(scope -> context.put("guest scope", scope));
        context.put("signed", token.map(SignatureToken::toString).orElse("no token"));
        if (!trace.requestId().isEmpty()) {
            context.put("request id sent", trace.requestId());
        }
        if (!trace.traceparent().isEmpty()) {
            context.put("traceparent sent", trace.traceparent());
        }
        return context;
    }

    private static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
