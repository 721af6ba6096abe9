package com.openagents.runbook.system.kubernetes;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** How often each of few words came. Words beyond the first hundred count as {@value #OTHER}, so memory has a limit. */
final class Counts {
    private static final int MOST_WORDS = 100;
    private static final String OTHER = "(other)";

    private final Map<String, Long> counts = new TreeMap<>();

    void add(String word) {
        add(word, 1);
    }

    void add(Counts more) {
        more.counts.forEach(this::add);
    }

    private void add(String word, long times) {
        counts.merge(counts.size() < MOST_WORDS || counts.containsKey(word) ? word : OTHER, times, Long::sum);
    }

    /** The most frequent first. */
    Map<String, Long> sorted() {
        var sorted = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
