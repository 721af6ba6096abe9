package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.auth.TokenRejected;
import com.openagents.runbook.replica.runtime.auth.TokenVerifier;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The checks between routing and the handler, in the order of contract 3.1 and 3.2. */
public final class Gate {
    public static final String SIGNATURE_HEADER = "x-oa-runtime-signature";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final TokenVerifier verifier;
    private final BooleanSupplier writesFrozen;
    private final boolean probesNeedSignature;

    public Gate(TokenVerifier verifier, BooleanSupplier writesFrozen, boolean probesNeedSignature) {
        this.verifier = verifier;
        this.writesFrozen = writesFrozen;
        this.probesNeedSignature = probesNeedSignature;
    }

    /** The refusal, or nothing if the request may go on to its handler. */
    Optional<Response> refuse(Route.Pipeline pipeline, Request request) {
        if (pipeline == Route.Pipeline.OPEN) {
            return Optional.empty();
        }
        if (pipeline != Route.Pipeline.STREAM && !acceptsJson(request)) {
            return Optional.of(Response.frameworkError(406, "Not Acceptable"));
        }
        try {
            authenticate(pipeline, request);
        } catch (TokenRejected rejected) {
            return Optional.of(new HttpError(rejected.status(), rejected.code(), rejected.getMessage()).response());
        }
        if (pipeline != Route.Pipeline.STREAM && !READING.contains(request.method()) && writesFrozen.getAsBoolean()) {
            return Optional.of(new HttpError(
                            410,
                            "write_path_frozen",
                            "Legacy runtime authority writes are frozen. Route writes through Rust runtime authority.")
                    .response());
        }
        return Optional.empty();
    }

    private void authenticate(Route.Pipeline pipeline, Request request) throws TokenRejected {
        var signature = request.header(SIGNATURE_HEADER);
        if (signature.isPresent()) {
            verifier.verify(signature.get(), expectedClaims(request), request.connection());
        } else if (pipeline != Route.Pipeline.PROBE || probesNeedSignature) {
            throw TokenRejected.unauthorized("missing runtime signature");
        }
    }

    private static Map<String, Object> expectedClaims(Request request) {
        var expected = new HashMap<String, Object>();
        putIfPresent(expected, "run_id", request.param("run_id"));
        putIfPresent(expected, "thread_id", request.param("thread_id"));
        request.header("x-oa-user-id").flatMap(Gate::wholeNumber).ifPresent(id -> expected.put("user_id", id));
        request.header("x-oa-guest-scope")
                .filter(scope -> !scope.isEmpty())
                .ifPresent(scope -> expected.put("guest_scope", scope));
        return expected;
    }

    private static void putIfPresent(Map<String, Object> expected, String name, Object value) {
        if (value != null && !value.equals("")) {
            expected.put(name, value);
        }
    }

    private static Optional<Long> wholeNumber(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean acceptsJson(Request request) {
        var accept = request.header("accept").orElse("").toLowerCase(Locale.ROOT);
        return accept.isBlank()
                || accept.contains("*/*")
                || accept.contains("application/*")
                || accept.contains("json");
    }
}
