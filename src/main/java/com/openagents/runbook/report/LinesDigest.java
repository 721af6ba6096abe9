package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 of a record, line by line. One that was cut short had no line feed at its end and has one in the record that it
 * was merged into, so the hash is taken with and without.
 */
final class LinesDigest {
    private final MessageDigest whole = Sha256.digest();
    private final MessageDigest cut = Sha256.digest();
    private boolean some;

    /** @param line its bytes, without the line feed */
    void add(byte[] line) {
        if (some) {
            cut.update((byte) '\n');
        }
        some = true;
        cut.update(line);
        whole.update(line);
        whole.update((byte) '\n');
    }

    /** Whether the lines have this hash; asked once. */
    boolean is(String sha256) {
        return List.of(whole, cut).stream()
                .map(digest -> HexFormat.of().formatHex(digest.digest()))
                .anyMatch(hash -> hash.equals(sha256));
    }
}
