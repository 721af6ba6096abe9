package com.openagents.runbook.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many scenarios have which verdict. */
public record Tally(Map<Verdict, Integer> counts) {
    public Tally {
        var copy = new EnumMap<Verdict, Integer>(Verdict.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    static Tally of(Collection<ScenarioResult> scenarios) {
        var counts = new EnumMap<Verdict, Integer>(Verdict.class);
        scenarios.forEach(scenario -> counts.merge(scenario.verdict(), 1, Integer::sum));
        return new Tally(counts);
    }

    public int of(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** For example {@code 1 failed, 2 incomplete, 11 passed}. */
    public String text() {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> of(verdict) > 0)
                .map(verdict -> of(verdict) + " " + verdict.word())
                .collect(Collectors.joining(", "));
    }
}
