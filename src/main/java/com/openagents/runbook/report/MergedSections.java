package com.openagents.runbook.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sections of several runs as those of one, each scenario once; of several results of it the worst counts. */
final class MergedSections {
    private final List<Merged.Several> several = new ArrayList<>();
    private final List<Section> sections;

    MergedSections(List<Run> runs, List<Merged.Part> parts) {
        sections = merge(runs, parts);
    }

    private record Result(ScenarioResult scenario, String from) {}

    List<Section> all() {
        return sections;
    }

    List<Merged.Several> several() {
        return several;
    }

    private List<Section> merge(List<Run> runs, List<Merged.Part> parts) {
        var headings = new TreeMap<String, Section>(Sections.NUMBERS);
        var results = new LinkedHashMap<String, Map<String, List<Result>>>();
        for (int i = 0; i < runs.size(); i++) {
            var label = parts.get(i).label();
            for (var section : runs.get(i).sections()) {
                headings.putIfAbsent(section.id(), section);
                var own = results.computeIfAbsent(section.id(), id -> new LinkedHashMap<>());
                section.scenarios()
                        .forEach(scenario -> own.computeIfAbsent(
                                        scenario.location() + " " + scenario.name(), key -> new ArrayList<>())
                                .add(new Result(scenario, label)));
            }
        }
        return headings.values().stream()
                .map(section -> section(
                        section,
                        results.get(section.id()).values().stream()
                                .map(MergedSections::ran)
                                .toList()))
                .toList();
    }

    /** That a run ended before a scenario began is no result of it where another run has one. */
    private static List<Result> ran(List<Result> all) {
        var ran = all.stream()
                .filter(result -> result.scenario().started().isPresent())
                .toList();
        return ran.isEmpty() ? all.subList(0, 1) : ran;
    }

    private Section section(Section section, List<List<Result>> results) {
        var named = Sections.named(
                section.id(),
                results.stream()
                        .map(own -> own.stream()
                                .map(Result::scenario)
                                .min(Comparator.comparing(ScenarioResult::verdict))
                                .orElseThrow())
                        .toList());
        results.stream().filter(own -> own.size() > 1).forEach(own -> {
            var one = own.get(0).scenario();
            named.stream()
                    .filter(scenario -> scenario.location().equals(one.location())
                            && scenario.name().equals(one.name()))
                    .findFirst()
                    .ifPresent(scenario -> several.add(new Merged.Several(
                            scenario.id(),
                            scenario.name(),
                            own.stream()
                                    .map(result -> result.scenario().verdict().word() + " (" + result.from() + ")")
                                    .toList())));
        });
        return new Section(section.id(), section.title(), section.description(), named);
    }
}
