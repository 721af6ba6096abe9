package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.http.JsonText;
import com.openagents.runbook.system.http.Segments;
import com.openagents.runbook.system.http.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/** Makes sync tokens (contract 5.5), good ones and deliberately wrong ones. Each step gives a new builder. */
public final class SyncTokenBuilder {
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
    private static final String OTHER_KEY = "not-the-key";

    private final SyncSigning signing;
    private final Map<String, Object> changes;
    private final Duration life;
    private final Duration clockOffset;
    private final SyncTokenDefect defect;

    private SyncTokenBuilder(
            SyncSigning signing,
            Map<String, Object> changes,
            Duration life,
            Duration clockOffset,
            SyncTokenDefect defect) {
        this.signing = signing;
        this.changes = changes;
        this.life = life;
        this.clockOffset = clockOffset;
        this.defect = defect;
    }

    /** A right token without scopes, for five minutes from now. */
    public static SyncTokenBuilder of(SyncSigning signing) {
        return new SyncTokenBuilder(signing, Map.of(), USUAL_LIFE, Duration.ZERO, SyncTokenDefect.NONE);
    }

    /** The topics that may be subscribed to. */
    public SyncTokenBuilder scopes(String... topics) {
        return claim("oa_sync_scopes", List.of(topics));
    }

    /** This claim with this value, whatever it would be otherwise; null leaves it out. */
    public SyncTokenBuilder claim(String name, Object value) {
        var more = new LinkedHashMap<>(changes);
        more.put(name, value);
        return new SyncTokenBuilder(signing, more, life, clockOffset, defect);
    }

    /** Signed with another key, under its id. */
    public SyncTokenBuilder signedAs(SyncSigning other) {
        return new SyncTokenBuilder(other, changes, life, clockOffset, defect);
    }

    /** Whole seconds from {@code iat} to {@code exp}. */
    public SyncTokenBuilder lasting(Duration time) {
        return new SyncTokenBuilder(signing, changes, time, clockOffset, defect);
    }

    /** As from a clock that is ahead, or behind if negative. */
    public SyncTokenBuilder clockAhead(Duration offset) {
        return new SyncTokenBuilder(signing, changes, life, offset, defect);
    }

    public SyncTokenBuilder with(SyncTokenDefect wrong) {
        return new SyncTokenBuilder(signing, changes, life, clockOffset, wrong);
    }

    public SyncToken build() {
        return switch (defect) {
            case MISSING_TOKEN -> SyncToken.none();
            case INVALID_TOKEN_ENCODING -> new SyncToken(Optional.of("no.token"), words(), "SYNC_TOKEN=no.token");
            default -> {
                long now = Instant.now().getEpochSecond();
                var text = signed(JsonText.write(claims(offset -> now + offset)));
                yield new SyncToken(Optional.of(text), words(), byHand());
            }
        };
    }

    private String words() {
        return "sync token, " + (defect == SyncTokenDefect.NONE ? "no defect" : defect.reasonClass());
    }

    private String byHand() {
        var key = defect == SyncTokenDefect.INVALID_SIGNATURE ? OTHER_KEY : "\"$OA_SYNC_TOKEN_SIGNING_KEY\"";
        return Shell.NOW
                + Shell.encode("HEADER", Shell.quote(JsonText.write(header())))
                + "\n"
                + Shell.encode("CLAIMS", Shell.withTimes(JsonText.write(claims(Shell::time))))
                + "\n"
                + Shell.sign("MAC", "\"$HEADER.$CLAIMS\"", key)
                + "\nSYNC_TOKEN=$HEADER.$CLAIMS.$MAC";
    }

    private Map<String, Object> header() {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", defect == SyncTokenDefect.UNSUPPORTED_ALG ? "RS256" : "HS256");
        header.put("kid", defect == SyncTokenDefect.UNKNOWN_KID ? "no-such-key" : signing.keyId());
        header.put("typ", "JWT");
        if (defect == SyncTokenDefect.INVALID_HEADER) {
            header.remove("alg");
        }
        if (defect == SyncTokenDefect.MISSING_KID) {
            header.remove("kid");
        }
        return header;
    }

    /** @param time makes a time of a number of seconds after now */
    private Map<String, Object> claims(LongFunction<Object> time) {
        long issued = issuedAfterNow();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", signing.issuer());
        claims.put("aud", defect == SyncTokenDefect.CLAIM_MISMATCH ? "another-audience" : signing.audience());
        claims.put("sub", "user:runbook");
        claims.put("iat", time.apply(issued));
        claims.put("nbf", time.apply(issued));
        claims.put("exp", time.apply(issued + life.toSeconds()));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("oa_org_id", "user:runbook");
        claims.put("oa_sync_scopes", List.of());
        claims.put("oa_claims_version", signing.claimsVersion());
        claims.putAll(changes);
        if (defect == SyncTokenDefect.INVALID_CLAIMS) {
            claims.remove("sub");
        }
        claims.values().removeIf(value -> value == null);
        return claims;
    }

    private long issuedAfterNow() {
        return clockOffset.toSeconds()
                + switch (defect) {
                    case TOKEN_EXPIRED -> -60 - life.toSeconds();
                    case TOKEN_NOT_YET_VALID -> 60;
                    default -> 0;
                };
    }

    private String signed(String claims) {
        var key = defect == SyncTokenDefect.INVALID_SIGNATURE
                ? OTHER_KEY
                : signing.key().get();
        var signed = Segments.of(JsonText.write(header())) + "." + Segments.of(claims);
        return signed + "." + Segments.signature(signed, key);
    }
}
