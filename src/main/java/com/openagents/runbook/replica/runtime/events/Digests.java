package com.openagents.runbook.replica.runtime.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests of contract 7.5: lower-case hex SHA-256. */
public final class Digests {
    private Digests() {}

    /** The digest of a payload, by its external term format. */
    public static String term(Object value) {
        return hex(sha256(ExternalTerm.encode(value)));
    }

    /** The digest of a value whose maps are compared by their sorted members: summaries, decisions, receipts. */
    public static String canonical(Object value) {
        return hex(sha256(ExternalTerm.encodeCanonical(value)));
    }

    /** The link of one event to the one before it; {@code previousHash} is null for the first. */
    public static String event(String runId, long seq, String type, String payloadDigest, String previousHash) {
        var previous = previousHash == null ? "root" : previousHash;
        var text = String.join("|", runId, String.valueOf(seq), type, payloadDigest, previous);
        return hex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
