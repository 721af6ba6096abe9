package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** The data types of OSCAL 1.1.2: its strings are one line, its tokens are names, its ids are made from names here. */
final class OscalWords {
    /** Whose property names these are. */
    private static final String NAMESPACE = "urn:openagents:runbook";

    private static final UUID IDS = UUID.fromString("6ba7b812-9dad-11d1-80b4-00c04fd430c8");

    private OscalWords() {}

    /** The same for the same names (RFC 9562, version 5), so that the same record gives the same document. */
    static String uuid(String... names) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(IDS.getMostSignificantBits())
                    .putLong(IDS.getLeastSignificantBits())
                    .array());
            var hash = ByteBuffer.wrap(
                    sha1.digest((NAMESPACE + ":" + String.join(":", names)).getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x5000L;
            long low = (hash.getLong() & ~(0x3L << 62)) | (0x2L << 62);
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The id of what a run says about a scenario. */
    static String observation(Run run, ScenarioResult scenario) {
        return uuid(run.facts().runId(), "observation", scenario.id());
    }

    /** A name that begins with a letter and has no spaces. */
    static String token(String text) {
        var token = text.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return token.matches("[\\p{L}_].*") ? token : "_" + token;
    }

    /** Text in one line; what is empty has no place in OSCAL. */
    static String line(String text) {
        var line = Text.visible(text).strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "-" : line;
    }

    /** Text in paragraphs. */
    static String lines(String text) {
        var lines = Text.visible(text).strip();
        return lines.isEmpty() ? "-" : lines;
    }

    static String time(Instant at) {
        return at.toString();
    }

    /** Adds a property, unless it says nothing. */
    static void prop(ObjectNode owner, String name, String value) {
        if (!value.isBlank()) {
            ArrayNode props = owner.withArrayProperty("props");
            props.addObject().put("name", token(name)).put("ns", NAMESPACE).put("value", line(value));
        }
    }
}
