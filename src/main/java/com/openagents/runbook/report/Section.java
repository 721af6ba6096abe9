package com.openagents.runbook.report;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A section of the runbook and what the run says about it.
 *
 * @param id the runbook's own number, for example {@code 4a}
 * @param title the heading, which starts with that number
 * @param description the feature's introduction; may be empty
 * @param scenarios in the order of the feature file; empty if none was selected
 */
public record Section(String id, String title, String description, List<ScenarioResult> scenarios) {
    public Section {
        scenarios = List.copyOf(scenarios);
    }

    Section each(UnaryOperator<ScenarioResult> change) {
        return new Section(
                id, title, description, scenarios.stream().map(change).toList());
    }

    public Tally tally() {
        return Tally.of(scenarios);
    }
}
