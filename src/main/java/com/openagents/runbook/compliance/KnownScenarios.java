package com.openagents.runbook.compliance;

import com.openagents.runbook.coverage.Coverage;
import com.openagents.runbook.environment.Suggestion;
import com.openagents.runbook.report.Framework;
import com.openagents.runbook.report.ScenarioId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios and statements that waivers and controls may name. */
final class KnownScenarios {
    private final Coverage coverage;

    KnownScenarios(Coverage coverage) {
        this.coverage = coverage;
    }

    /** What is wrong with the id or name of a scenario, if there is none. */
    Optional<String> unknownScenario(String idOrName) {
        var known = coverage.scenarios().stream()
                .flatMap(scenario -> Stream.of(scenario.name(), id(scenario)))
                .toList();
        return known.contains(idOrName)
                ? Optional.empty()
                : Optional.of("there is no scenario '" + idOrName + "' in the features; "
                        + suggestion(idOrName, known, "give its name, or its id as reports show it"));
    }

    /** What is wrong with a statement if no scenario names it. */
    Optional<String> uncheckedStatement(String statement) {
        var known = coverage.scenarios().stream()
                .flatMap(scenario -> scenario.statements().stream())
                .distinct()
                .toList();
        return known.contains(statement)
                ? Optional.empty()
                : Optional.of("no scenario of the features names statement " + statement + "; "
                        + suggestion(statement, known, "see ./runbook coverage"));
    }

    /** What is wrong with a statement that the runbook does not have. */
    Optional<String> unknownStatement(String statement) {
        var known = coverage.lines().stream().map(Coverage.Line::id).toList();
        return known.contains(statement)
                ? Optional.empty()
                : Optional.of("the runbook has no statement " + statement + "; "
                        + suggestion(statement, known, "see docs/runbook.md"));
    }

    /** How many scenarios stand for a control. */
    int count(Framework.Control control) {
        return (int) coverage.scenarios().stream()
                .filter(scenario -> control.covers(id(scenario), scenario.name(), scenario.statements()))
                .count();
    }

    /** The names of the scenarios that stand for no control of the framework. */
    List<String> without(Framework framework) {
        return coverage.scenarios().stream()
                .filter(scenario -> framework.controls().stream()
                        .noneMatch(control -> control.covers(id(scenario), scenario.name(), scenario.statements())))
                .map(Coverage.Scenario::name)
                .toList();
    }

    private static String id(Coverage.Scenario scenario) {
        return ScenarioId.of(scenario.section(), scenario.name());
    }

    private static String suggestion(String word, List<String> known, String otherwise) {
        return Suggestion.near(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(otherwise);
    }
}
