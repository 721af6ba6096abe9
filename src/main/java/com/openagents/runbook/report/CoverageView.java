package com.openagents.runbook.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How many scenarios of each section, and of each control, have which verdict. */
record CoverageView(Run run, Tally tally) {

    record Count(String word, int number) {
        boolean some() {
            return number > 0;
        }
    }

    record Line(String id, String title, int all, List<Count> counts, String took, List<Link> links) {
        boolean some() {
            return all > 0;
        }
    }

    record Link(String id, String text, String verdict) {}

    List<String> columns() {
        return verdicts().map(Verdict::word).toList();
    }

    /** How many columns a section without scenarios leaves empty. */
    int span() {
        return columns().size() + 2;
    }

    /** The verdicts that occur. */
    List<Count> some() {
        return totals().stream().filter(Count::some).toList();
    }

    List<Count> totals() {
        return counts(tally);
    }

    int total() {
        return tally.total();
    }

    List<Line> sections() {
        return run.sections().stream()
                .map(section -> new Line(
                        section.id(),
                        section.title(),
                        section.scenarios().size(),
                        counts(section.tally()),
                        took(section.scenarios()),
                        List.of()))
                .toList();
    }

    boolean hasControls() {
        return !controls().isEmpty();
    }

    List<Line> controls() {
        var byControl = new TreeMap<String, List<ScenarioResult>>();
        run.scenarios()
                .forEach(scenario -> scenario.controls()
                        .forEach(control -> byControl
                                .computeIfAbsent(control, id -> new ArrayList<>())
                                .add(scenario)));
        return byControl.entrySet().stream()
                .map(control -> new Line(
                        "",
                        control.getKey(),
                        control.getValue().size(),
                        counts(Tally.of(control.getValue())),
                        "",
                        control.getValue().stream().map(CoverageView::link).toList()))
                .toList();
    }

    private static Link link(ScenarioResult scenario) {
        var text = scenario.statements().isEmpty() ? scenario.section() : String.join(", ", scenario.statements());
        return new Link(scenario.id(), text, scenario.verdict().word());
    }

    private static String took(List<ScenarioResult> scenarios) {
        return Times.took(scenarios.stream().map(ScenarioResult::took).reduce(Duration.ZERO, Duration::plus));
    }

    private List<Count> counts(Tally own) {
        return verdicts()
                .map(verdict -> new Count(verdict.word(), own.of(verdict)))
                .toList();
    }

    /** Aborted and planned are columns only in a run that has them. */
    private Stream<Verdict> verdicts() {
        return Stream.of(Verdict.values())
                .filter(verdict -> (verdict != Verdict.ABORTED && verdict != Verdict.PLANNED) || tally.of(verdict) > 0);
    }
}
