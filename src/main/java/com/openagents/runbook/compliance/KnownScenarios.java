package com.openagents.runbook.compliance;

import com.openagents.runbook.coverage.Coverage;
import com.openagents.runbook.environment.Suggestion;
import com.openagents.runbook.report.Framework;
import com.openagents.runbook.report.ScenarioId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The scenarios and statements that waivers and controls may name. */
final class KnownScenarios {
    private final List<Known> scenarios;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> checked = new LinkedHashSet<>();
    private final Set<String> statements;

    private record Known(String id, String name, List<String> statements) {}

    KnownScenarios(Coverage coverage) {
        scenarios = coverage.scenarios().stream()
                .map(one -> new Known(ScenarioId.of(one.section(), one.name()), one.name(), one.statements()))
                .toList();
        scenarios.forEach(scenario -> {
            names.add(scenario.name());
            names.add(scenario.id());
            checked.addAll(scenario.statements());
        });
        statements = new LinkedHashSet<>(coverage.statements());
    }

    /** What is wrong with the id or name of a scenario, if there is none. */
    Optional<String> unknownScenario(String idOrName) {
        return names.contains(idOrName)
                ? Optional.empty()
                : Optional.of("there is no scenario '" + idOrName + "' in the features; "
                        + suggestion(idOrName, names, "give its name, or its id as reports show it"));
    }

    /** What is wrong with a statement if no scenario names it. */
    Optional<String> uncheckedStatement(String statement) {
        return checked.contains(statement)
                ? Optional.empty()
                : Optional.of("no scenario of the features names statement " + statement + "; "
                        + suggestion(statement, checked, "see ./runbook coverage"));
    }

    /** What is wrong with a statement that the runbook does not have. */
    Optional<String> unknownStatement(String statement) {
        return statements.contains(statement)
                ? Optional.empty()
                : Optional.of("the runbook has no statement " + statement + "; "
                        + suggestion(statement, statements, "see docs/runbook.md"));
    }

    /** How many scenarios stand for a control. */
    int count(Framework.Control control) {
        return (int) scenarios.stream()
                .filter(scenario -> control.covers(scenario.id(), scenario.name(), scenario.statements()))
                .count();
    }

    /** The names of the scenarios that stand for no control of the framework. */
    List<String> without(Framework framework) {
        return scenarios.stream()
                .filter(scenario -> framework.controls().stream()
                        .noneMatch(control -> control.covers(scenario.id(), scenario.name(), scenario.statements())))
                .map(Known::name)
                .toList();
    }

    private static String suggestion(String word, Set<String> known, String otherwise) {
        return Suggestion.near(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(otherwise);
    }
}
