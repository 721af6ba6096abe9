package com.openagents.runbook.evidence;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Masks secrets before text leaves the process: every value it was told of, in each form that text takes on the way, and
 * whatever looks like a token, a key or a password in a connection string. May be asked and told from any thread.
 */
public final class Redactor {
    static final String MASK = "[REDACTED]";

    private final Set<String> hidden = new HashSet<>();
    private volatile KnownSecrets known = KnownSecrets.NONE;

    /** From now on this value is masked. Empty and very short values are not, they are no secrets. */
    public synchronized void hide(String secret) {
        if (secret != null && secret.strip().length() >= SecretForms.SHORTEST && hidden.add(secret)) {
            known = known.with(SecretForms.of(secret));
        }
    }

    /** The text with every secret masked. */
    public String redact(String text) {
        return SecretShapes.mask(maskKnown(text));
    }

    private String maskKnown(String text) {
        var secrets = known;
        if (secrets.isEmpty()) {
            return text;
        }
        var marked = new BitSet();
        secrets.mark(text, marked);
        if (marked.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder(text.length());
        int kept = 0;
        for (int from = marked.nextSetBit(0); from >= 0; from = marked.nextSetBit(kept)) {
            masked.append(text, kept, from).append(MASK);
            kept = marked.nextClearBit(from);
        }
        return masked.append(text, kept, text.length()).toString();
    }
}
