package com.openagents.runbook.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A scenario as the page shows it; what it saw is unpacked only while its part of the page is written. */
record ScenarioView(
        ScenarioResult scenario, Optional<Waiver> waiver, Map<Failure, FindingView> findings, EvidenceIndex index) {

    record StepView(
            String keyword,
            String name,
            String word,
            String took,
            List<List<String>> table,
            String text,
            String message,
            FindingView finding,
            List<EvidenceView> evidence,
            AfterView after) {
        boolean hasTable() {
            return !table.isEmpty();
        }
    }

    String id() {
        return scenario.id();
    }

    String name() {
        return scenario.name();
    }

    String verdict() {
        return scenario.verdict().word();
    }

    String reason() {
        return scenario.reason();
    }

    String waived() {
        return waiver.map(Waiver::text).orElse("");
    }

    String controls() {
        return String.join(", ", scenario.controls());
    }

    String introduction() {
        return scenario.description();
    }

    String location() {
        return scenario.location();
    }

    /** Passed scenarios are folded, so that what needs reading stands out. */
    boolean unfolded() {
        return scenario.verdict() != Verdict.PASSED && !scenario.steps().isEmpty();
    }

    String took() {
        return scenario.started().isPresent() ? Times.took(scenario.took()) : "not started";
    }

    String started() {
        return scenario.started().map(Times::clock).orElse("");
    }

    /** What the scenario counts as: statement and severity. */
    String marks() {
        return String.join(" · ", marks(scenario));
    }

    static List<String> marks(ScenarioResult scenario) {
        var marks = new ArrayList<String>();
        if (!scenario.statements().isEmpty()) {
            marks.add("runbook " + String.join(", ", scenario.statements()));
        }
        Stream.of(scenario.severity(), scenario.drill() ? "drill" : "")
                .filter(mark -> !mark.isEmpty())
                .forEach(marks::add);
        return marks;
    }

    List<StepView> steps() {
        boolean passed = scenario.verdict() == Verdict.PASSED;
        var failures = scenario.failures().iterator();
        var steps = new ArrayList<StepView>(scenario.steps().size());
        for (var step : scenario.steps()) {
            boolean failed = step.word().equals("failed") && failures.hasNext();
            var finding = failed ? findings.get(failures.next()) : null;
            steps.add(new StepView(
                    step.keyword(),
                    step.name(),
                    step.word(),
                    step.passed() || finding != null ? Times.took(step.took()) : "",
                    step.table(),
                    step.text(),
                    finding == null ? step.message() : "",
                    finding,
                    index.views(step.evidence(), passed),
                    step.afterwards().isEmpty() ? null : new AfterView(index.views(step.afterwards(), false))));
        }
        return steps;
    }
}
