package com.openagents.runbook.report;

import java.util.List;

/** What the run is worth to those who ask by control, with the gaps on both sides. */
record ControlsView(Run run, CoverageView coverage) {
    /** A page with thousands of scenarios and no mapping must not become twice as long. */
    private static final int MOST_BARE = 40;

    record Line(String id, String title, String all, List<CoverageView.Count> counts, List<Link> links, String gap) {
        boolean some() {
            return !links.isEmpty();
        }
    }

    record Link(String id, String text, String name, String verdict) {}

    record Matrix(String title, List<Line> lines, String gaps, int bareCount, List<Link> bare) {
        boolean someBare() {
            return bareCount > 0;
        }

        String bareWords() {
            return bareCount == 1 ? "1 scenario of this run stands" : bareCount + " scenarios of this run stand";
        }

        int more() {
            return bareCount - bare.size();
        }

        boolean hasMore() {
            return more() > 0;
        }
    }

    List<String> columns() {
        return coverage.columns();
    }

    /** How many columns a control without scenarios leaves empty. */
    int span() {
        return columns().size() + 2;
    }

    boolean known() {
        return !run.frameworks().isEmpty();
    }

    List<Matrix> matrices() {
        return run.frameworks().stream().map(this::matrix).toList();
    }

    private Matrix matrix(Framework framework) {
        var all = run.scenarios();
        var lines = framework.controls().stream()
                .map(control ->
                        line(control, all.stream().filter(control::covers).toList()))
                .toList();
        var bare = all.stream()
                .filter(scenario -> framework.controls().stream().noneMatch(control -> control.covers(scenario)))
                .toList();
        return new Matrix(
                framework.title(),
                lines,
                gaps(
                        framework.controls().size(),
                        lines.stream().filter(one -> !one.some()).count()),
                bare.size(),
                bare.stream()
                        .limit(MOST_BARE)
                        .map(scenario -> link(scenario, scenario.name()))
                        .toList());
    }

    private Line line(Framework.Control control, List<ScenarioResult> scenarios) {
        return new Line(
                control.id(),
                control.title(),
                scenarios.size() < control.known()
                        ? scenarios.size() + " of " + control.known()
                        : Integer.toString(scenarios.size()),
                coverage.counts(Tally.of(scenarios)),
                scenarios.stream().map(ControlsView::link).toList(),
                control.known() == 0
                        ? "gap: nothing in the runbook stands for it"
                        : "gap: not part of this run (" + control.known() + " in the runbook)");
    }

    private static String gaps(int all, long without) {
        return without == 0
                ? "Each of the " + all + " controls has a scenario in this run."
                : without + " of " + all + " controls " + (without == 1 ? "has" : "have") + " no scenario in this run.";
    }

    private static Link link(ScenarioResult scenario) {
        return link(
                scenario,
                scenario.statements().isEmpty() ? scenario.section() : String.join(", ", scenario.statements()));
    }

    private static Link link(ScenarioResult scenario, String text) {
        return new Link(scenario.id(), text, scenario.name(), scenario.verdict().word());
    }
}
