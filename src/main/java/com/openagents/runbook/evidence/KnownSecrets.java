package com.openagents.runbook.evidence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the forms of all known secrets in one pass: each place is looked up by its first characters, so that the time does
 * not grow with the number of secrets. Never changes; a further secret makes a new one.
 */
final class KnownSecrets {
    static final KnownSecrets NONE = new KnownSecrets(Map.of(), new BitSet());

    private static final int FILTER_BITS = 20;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Map<Long, List<SecretForm>> byBeginning;
    /** Tells most places apart before the map is asked. */
    private final BitSet filter;

    private KnownSecrets(Map<Long, List<SecretForm>> byBeginning, BitSet filter) {
        this.byBeginning = byBeginning;
        this.filter = filter;
    }

    KnownSecrets with(Set<SecretForm> forms) {
        var more = new HashMap<>(byBeginning);
        var wider = (BitSet) filter.clone();
        for (var form : forms) {
            if (form.text().length() >= SecretForms.SHORTEST) {
                long beginning = beginning(form.text(), 0);
                more.merge(beginning, List.of(form), KnownSecrets::both);
                wider.set(bit(beginning));
            }
        }
        return new KnownSecrets(more, wider);
    }

    private static List<SecretForm> both(List<SecretForm> some, List<SecretForm> others) {
        var both = new ArrayList<>(some);
        both.addAll(others);
        return List.copyOf(both);
    }

    boolean isEmpty() {
        return byBeginning.isEmpty();
    }

    /** Marks every character that gives a secret away. */
    void mark(String text, BitSet marked) {
        markIn(text, null, text, marked);
        var plain = Unescaped.of(text);
        var read = plain.text();
        if (!read.equals(text)) {
            markIn(read, plain, text, marked);
        }
    }

    /** @param places where the characters stand in the text; null if it is read as it stands */
    private void markIn(String read, Unescaped places, String text, BitSet marked) {
        for (int at = 0; at + SecretForms.SHORTEST <= read.length(); at++) {
            long beginning = beginning(read, at);
            if (!filter.get(bit(beginning))) {
                continue;
            }
            for (var form : byBeginning.getOrDefault(beginning, List.of())) {
                if (read.startsWith(form.text(), at)) {
                    int last = at + form.text().length() - 1;
                    int from = places == null ? at : places.from(at);
                    int to = places == null ? last + 1 : places.to(last);
                    marked.set(
                            form.before() && from > 0 && isBase64(text.charAt(from - 1)) ? from - 1 : from,
                            form.after() && to < text.length() && isBase64(text.charAt(to)) ? to + 1 : to);
                }
            }
        }
    }

    private static boolean isBase64(char character) {
        return character < 128 && Character.isLetterOrDigit(character) || "+/-_".indexOf(character) >= 0;
    }

    private static long beginning(String text, int at) {
        return (long) text.charAt(at) << 48
                | (long) text.charAt(at + 1) << 32
                | (long) text.charAt(at + 2) << 16
                | text.charAt(at + 3);
    }

    private static int bit(long beginning) {
        return (int) (beginning * MIX >>> Long.SIZE - FILTER_BITS);
    }
}
