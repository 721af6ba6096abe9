package com.openagents.runbook.coverage;

import com.openagents.runbook.environment.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What does not fit between the runbook and its features. */
final class Problems {
    private static final List<String> KINDS = List.of("@check", "@drill");
    private static final Pattern SEVERITY = Pattern.compile("@severity:(critical|high|medium|low)");
    private static final List<String> PREFIXES = List.of(
            "@section-",
            "@statement:",
            "@severity:",
            "@check",
            "@drill",
            "@drill:",
            "@local",
            "@slow",
            "@alert",
            "@exit-criterion",
            "@chaos");

    private final RunbookDocument runbook;
    private final List<FeatureFile> features;
    private final List<String> problems = new ArrayList<>();

    Problems(RunbookDocument runbook, List<FeatureFile> features) {
        this.runbook = runbook;
        this.features = features;
    }

    List<String> all() {
        statements();
        names();
        features.forEach(this::file);
        return problems;
    }

    private void statements() {
        var seen = new HashSet<String>();
        var named =
                features.stream().flatMap(file -> file.statements().stream()).collect(Collectors.toSet());
        // A drill rehearses what only a person may decide.
        var checked = features.stream()
                .flatMap(file -> file.scenarios().stream())
                .filter(scenario -> !scenario.tags().contains("@drill"))
                .flatMap(FeatureFile.Scenario::statements)
                .collect(Collectors.toSet());
        for (var statement : runbook.statements()) {
            if (!seen.add(statement.id())) {
                problems.add("docs/runbook.md has two statements " + statement.id());
            }
            if (!runbook.sections().containsKey(statement.section())) {
                problems.add("statement " + statement.id() + " stands in no section " + statement.section());
            }
            if (!named.contains(statement.id()) && statement.byPerson().isEmpty()) {
                problems.add("statement " + statement.id() + " has no scenario and no reason why a machine cannot check"
                        + " it: " + statement.text());
            }
            if (checked.contains(statement.id()) && statement.byPerson().isPresent()) {
                problems.add("statement " + statement.id() + " says that only a person can decide it, but a scenario"
                        + " names it");
            }
        }
    }

    /** The id of a scenario is made of section and name, and has to be the same in every run. */
    private void names() {
        var seen = new HashSet<String>();
        features.forEach(file -> file.scenarios().stream()
                .filter(scenario ->
                        !seen.add(file.section() + " " + scenario.name().toLowerCase(Locale.ROOT)))
                .forEach(scenario -> problems.add(file.name() + ":" + scenario.line() + " '" + scenario.name()
                        + "' has the name of another scenario of its section")));
    }

    private void file(FeatureFile file) {
        file.scenarios().forEach(scenario -> scenario(file, scenario));
        for (var id : file.statements()) {
            runbook.statement(id).ifPresent(statement -> pin(file, statement));
        }
        for (var id : file.pins().keySet()) {
            if (!file.statements().contains(id)) {
                problems.add(file.name() + " is pinned to " + id + ", which none of its scenarios names");
            }
        }
    }

    private void scenario(FeatureFile file, FeatureFile.Scenario scenario) {
        var where = file.name() + ":" + scenario.line() + " '" + scenario.name() + "' ";
        if (scenario.statements().findAny().isEmpty()) {
            problems.add(where + "names no statement of the runbook");
        }
        scenario.statements().forEach(id -> statement(where, scenario, id));
        if (scenario.tags().stream().filter(KINDS::contains).count() != 1) {
            problems.add(where + "is neither @check nor @drill, or both");
        }
        if (scenario.tags().stream()
                        .filter(tag -> SEVERITY.matcher(tag).matches())
                        .count()
                != 1) {
            problems.add(where + "needs one @severity: of critical, high, medium, low");
        }
        scenario.tags().stream()
                .filter(tag -> PREFIXES.stream().noneMatch(tag::startsWith))
                .forEach(tag -> problems.add(where + "has the unknown tag " + tag + "; " + suggestion(tag)));
    }

    private static String suggestion(String tag) {
        int colon = tag.indexOf(':');
        return Suggestion.sentence(colon < 0 ? tag : tag.substring(0, colon + 1), PREFIXES);
    }

    private void statement(String where, FeatureFile.Scenario scenario, String id) {
        var statement = runbook.statement(id);
        if (statement.isEmpty()) {
            var ids = runbook.statements().stream().map(Statement::id).toList();
            problems.add(where + "names statement " + id + ", which the runbook does not have; "
                    + Suggestion.near(id, ids)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("see docs/runbook.md"));
        } else if (scenario.values("@section-").noneMatch(statement.get().section()::equals)) {
            problems.add(where + "names statement " + id + " but is not tagged @section-"
                    + statement.get().section());
        }
    }

    /** A changed statement shows itself beside the scenarios that were written for its old words. */
    private void pin(FeatureFile file, Statement statement) {
        var pinned = file.pins().get(statement.id());
        if (statement.fingerprint().equals(pinned)) {
            return;
        }
        var scenarios = file.scenarios().stream()
                .filter(scenario -> scenario.statements().anyMatch(statement.id()::equals))
                .flatMap(scenario -> Stream.concat(
                        Stream.of("    " + file.name() + ":" + scenario.line() + " " + scenario.name()),
                        scenario.steps().stream().map(step -> "      " + step)))
                .collect(Collectors.joining("\n"));
        problems.add((pinned == null
                        ? file.name() + " is not pinned to statement " + statement.id()
                        : "statement " + statement.id() + " changed, and " + file.name() + " was not read again since")
                + ":\n    the runbook says: " + statement.text() + "\n" + scenarios
                + "\n    If they still say the same: ./runbook coverage --pin");
    }
}
