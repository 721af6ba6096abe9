package com.openagents.runbook.report;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How many scenarios of each section have which verdict. */
record CoverageView(Run run, Tally tally) {
    /** Columns only in a run that has them. */
    private static final Set<Verdict> RARE = EnumSet.of(Verdict.WAIVED, Verdict.ABORTED, Verdict.PLANNED);

    record Count(String word, int number) {
        boolean some() {
            return number > 0;
        }
    }

    record Line(String id, String title, int all, List<Count> counts, String took) {
        boolean some() {
            return all > 0;
        }
    }

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
                        took(section.scenarios())))
                .toList();
    }

    private static String took(List<ScenarioResult> scenarios) {
        return Times.took(scenarios.stream().map(ScenarioResult::took).reduce(Duration.ZERO, Duration::plus));
    }

    List<Count> counts(Tally own) {
        return verdicts()
                .map(verdict -> new Count(verdict.word(), own.of(verdict)))
                .toList();
    }

    private Stream<Verdict> verdicts() {
        return Stream.of(Verdict.values()).filter(verdict -> !RARE.contains(verdict) || tally.of(verdict) > 0);
    }
}
