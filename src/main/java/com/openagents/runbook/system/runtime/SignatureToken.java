package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.HttpCall.Credential;
import com.openagents.runbook.system.http.JsonText;
import com.openagents.runbook.system.http.Segments;
import com.openagents.runbook.system.http.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A token of the internal API, format v1 (contract 3.2), good or deliberately wrong. Unless told otherwise it is made
 * anew for each request: now, for 60 s, with a nonce of its own and the claims that the request calls for.
 */
public final class SignatureToken {
    static final String HEADER = "x-oa-runtime-signature";

    private static final Duration USUAL_LIFE = Duration.ofSeconds(60);
    private static final String OTHER_SECRET = "not-the-secret";

    private final Supplier<String> secret;
    private final Optional<Map<String, Object>> claims;
    private final Optional<String> nonce;
    private final Duration life;
    private final Duration clockOffset;
    private final TokenDefect defect;

    private SignatureToken(
            Supplier<String> secret,
            Optional<Map<String, Object>> claims,
            Optional<String> nonce,
            Duration life,
            Duration clockOffset,
            TokenDefect defect) {
        this.secret = secret;
        this.claims = claims;
        this.nonce = nonce;
        this.life = life;
        this.clockOffset = clockOffset;
        this.defect = defect;
    }

    /** @param secret read anew for every request, so a rotated one is noticed */
    public static SignatureToken signedWith(Supplier<String> secret) {
        return new SignatureToken(
                secret, Optional.empty(), Optional.empty(), USUAL_LIFE, Duration.ZERO, TokenDefect.NONE);
    }

    /** Exactly these claims, whatever the request calls for. */
    public SignatureToken claims(Map<String, Object> exactly) {
        return new SignatureToken(secret, Optional.of(Map.copyOf(exactly)), nonce, life, clockOffset, defect);
    }

    /** The same nonce for every request. */
    public SignatureToken nonce(String always) {
        return new SignatureToken(secret, claims, Optional.of(always), life, clockOffset, defect);
    }

    /** Whole seconds from {@code iat} to {@code exp}. */
    public SignatureToken lasting(Duration time) {
        return new SignatureToken(secret, claims, nonce, time, clockOffset, defect);
    }

    /** As from a clock that is ahead, or behind if negative. */
    public SignatureToken clockAhead(Duration offset) {
        return new SignatureToken(secret, claims, nonce, life, offset, defect);
    }

    public SignatureToken with(TokenDefect wrong) {
        return new SignatureToken(secret, claims, nonce, life, clockOffset, wrong);
    }

    /** The token for a request, as its header. */
    Credential credential(Map<String, Object> calledFor) {
        var text = switch (defect) {
            case EMPTY, TWO_PARTS, NOT_BASE64 -> literal();
            default -> signed(payload(calledFor));
        };
        return new Credential(HEADER, text, "$SIGNATURE");
    }

    /**
     * Shell lines that set {@code SIGNATURE} to such a token, from a secret in {@code RUNTIME_SIGNATURE_SECRET}.
     */
    String byHand(Map<String, Object> calledFor) {
        return switch (defect) {
            case EMPTY, TWO_PARTS, NOT_BASE64 -> "SIGNATURE=" + Shell.quote(literal());
            default -> {
                var key = defect == TokenDefect.BAD_SIGNATURE ? OTHER_SECRET : "\"$RUNTIME_SIGNATURE_SECRET\"";
                yield Shell.NOW
                        + Shell.encode("PAYLOAD", payloadByHand(calledFor))
                        + "\n"
                        + Shell.sign("MAC", "\"$PAYLOAD\"", key)
                        + "\nSIGNATURE=" + prefix() + ".$PAYLOAD.$MAC";
            }
        };
    }

    private String payloadByHand(Map<String, Object> calledFor) {
        if (defect == TokenDefect.NOT_JSON) {
            return "'no JSON'";
        }
        var json = payload(calledFor, time(issuedAfterNow()), time(issuedAfterNow() + secondsOfLife()));
        if (nonce.isEmpty()) {
            json.replace("nonce", "@nonce@");
        }
        return Shell.withTimes(JsonText.write(json)).replace("@nonce@", "by-hand-'$NOW-$$'");
    }

    private String time(long afterNow) {
        return defect == TokenDefect.TEXT_TIMES ? Shell.timeAsText(afterNow) : Shell.time(afterNow);
    }

    private String literal() {
        return switch (defect) {
            case TWO_PARTS -> "v1.e30";
            case NOT_BASE64 -> "v1.***.***";
            default -> "";
        };
    }

    private String payload(Map<String, Object> calledFor) {
        if (defect == TokenDefect.NOT_JSON) {
            return "no JSON";
        }
        long issued = Instant.now().getEpochSecond() + issuedAfterNow();
        long expires = issued + secondsOfLife();
        return defect == TokenDefect.TEXT_TIMES
                ? JsonText.write(payload(calledFor, String.valueOf(issued), String.valueOf(expires)))
                : JsonText.write(payload(calledFor, issued, expires));
    }

    private Map<String, Object> payload(Map<String, Object> calledFor, Object issued, Object expires) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("iat", issued);
        payload.put("exp", expires);
        if (defect != TokenDefect.NO_NONCE) {
            payload.put("nonce", nonce.orElseGet(() -> "nonce-" + UUID.randomUUID()));
        }
        payload.putAll(claims.orElse(calledFor));
        return payload;
    }

    private long issuedAfterNow() {
        return clockOffset.toSeconds()
                + switch (defect) {
                    case EXPIRED -> -60 - life.toSeconds();
                    case FROM_THE_FUTURE -> 60;
                    default -> 0;
                };
    }

    private long secondsOfLife() {
        return defect == TokenDefect.ENDS_BEFORE_START ? 0 : life.toSeconds();
    }

    private String prefix() {
        return defect == TokenDefect.WRONG_PREFIX ? "v2" : "v1";
    }

    private String signed(String payload) {
        var key = defect == TokenDefect.BAD_SIGNATURE ? OTHER_SECRET : secret.get();
        var segment = Segments.of(payload);
        return prefix() + "." + segment + "." + Segments.signature(segment, key);
    }

    @Override
    public String toString() {
        return "signature token, " + defect.words();
    }
}
