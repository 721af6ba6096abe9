package com.openagents.runbook.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sorts results into the sections of the runbook, in the runbook's order however the run interleaved them. */
final class Sections {
    static final Comparator<String> NUMBERS =
            Comparator.comparingInt(Sections::number).thenComparing(Comparator.naturalOrder());
    private static final Comparator<ScenarioResult> FILE_ORDER = Comparator.comparing(ScenarioResult::uri)
            .thenComparingLong(ScenarioResult::line)
            .thenComparing(ScenarioResult::name);

    private Sections() {}

    /** The sections of all features read, also those of which nothing was selected. */
    static List<Section> of(Features features, Map<Features.Heading, List<ScenarioResult>> results) {
        var headings = new TreeMap<String, Features.Heading>(NUMBERS);
        features.headings().forEach(heading -> headings.putIfAbsent(heading.section(), heading));
        results.keySet().forEach(heading -> headings.putIfAbsent(heading.section(), heading));
        var bySection = new HashMap<String, List<ScenarioResult>>();
        results.forEach((heading, own) -> bySection
                .computeIfAbsent(heading.section(), id -> new ArrayList<>())
                .addAll(own));
        return headings.values().stream()
                .map(heading -> section(heading, bySection.getOrDefault(heading.section(), List.of())))
                .toList();
    }

    private static Section section(Features.Heading heading, List<ScenarioResult> results) {
        return new Section(
                heading.section(), heading.title(), heading.description(), named(heading.section(), results));
    }

    /** The scenarios of a section in the order of its file, with their ids. */
    static List<ScenarioResult> named(String section, List<ScenarioResult> results) {
        var seen = new HashMap<String, Integer>();
        var named = new ArrayList<ScenarioResult>(results.size());
        results.stream().sorted(FILE_ORDER).forEach(result -> {
            var id = ScenarioId.of(section, result.name());
            int times = seen.merge(id, 1, Integer::sum);
            named.add(result.named(times == 1 ? id : id + "-" + times));
        });
        return named;
    }

    private static int number(String section) {
        var digits = section.replaceFirst("^(\\d{1,6}).*$", "$1");
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }
}
