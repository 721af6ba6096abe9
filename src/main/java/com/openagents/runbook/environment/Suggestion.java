package com.openagents.runbook.environment;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Suggestion {
    private static final int MOST_EDITS = 3;

    private Suggestion() {}

    /** The known word nearest to {@code word}, if any is near enough to be meant. */
    public static Optional<String> near(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate ->
                        edits(word, candidate) <= Math.min(MOST_EDITS, Math.max(1, candidate.length() / 2)))
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** A sentence that offers the nearest word, or else all of them. */
    public static String sentence(String word, Collection<String> known) {
        return near(word, known)
                .map(candidate -> "did you mean '" + candidate + "'?")
                .orElseGet(() -> "known are: " + String.join(", ", known));
    }

    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] beforePrevious = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
