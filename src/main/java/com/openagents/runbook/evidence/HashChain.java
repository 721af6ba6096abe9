package com.openagents.runbook.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Chains the lines of a record: each value is SHA-256 over the value before, as 64 hexadecimal digits, the line, and a
 * line feed; the value before the first line is 64 zeros. Whoever holds a value holds all lines up to it.
 */
public final class HashChain {
    private static final String BEFORE_THE_FIRST = "0".repeat(64);

    private String value = BEFORE_THE_FIRST;
    private int lines;

    /**
     * What a record says of its own lines so far. It stands in the record as an attachment of the run.
     *
     * @param lines how many lines stand before this one
     * @param sha256 the chain's value after them
     * @param last whether the record ends with this
     */
    public record Link(
            @JsonProperty("lines") int lines,
            @JsonProperty("sha256") String sha256,
            @JsonProperty("last") boolean last) {

        /** The media type under which a link is attached, as JSON. */
        public static final String MEDIA_TYPE = "application/vnd.openagents.chain+json";
    }

    /** @param line its bytes, without the line feed */
    public void add(byte[] line) {
        var digest = Sha256.digest();
        digest.update(value.getBytes(StandardCharsets.US_ASCII));
        digest.update(line);
        digest.update((byte) '\n');
        value = HexFormat.of().formatHex(digest.digest());
        lines++;
    }

    /** How many lines were added. */
    public int lines() {
        return lines;
    }

    /** What the lines so far amount to. */
    public Link link(boolean last) {
        return new Link(lines, value, last);
    }
}
