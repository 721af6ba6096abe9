package com.openagents.runbook.coverage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which scenario stands for which statement of the runbook, and what does not fit. */
public final class Coverage {
    private final RunbookDocument runbook;
    private final List<FeatureFile> features;

    private Coverage(RunbookDocument runbook, List<FeatureFile> features) {
        this.runbook = runbook;
        this.features = features;
    }

    /**
     * @param runbook the runbook in Markdown
     * @param features the folder of feature files
     */
    public static Coverage of(Path runbook, Path features) {
        return new Coverage(RunbookDocument.read(runbook), FeatureReader.read(features));
    }

    /**
     * A statement and what stands for it.
     *
     * @param byPerson why no machine can decide it, empty if scenarios do
     */
    public record Line(String id, String text, int checks, int drills, String byPerson) {
        public boolean accounted() {
            return checks + drills > 0 || !byPerson.isEmpty();
        }
    }

    /**
     * A scenario as far as others refer to it.
     *
     * @param section the section of its feature, for example {@code 4F}
     */
    public record Scenario(String section, String name, List<String> statements) {}

    /** Every scenario of the features. */
    public List<Scenario> scenarios() {
        return features.stream()
                .flatMap(file -> file.scenarios().stream()
                        .map(scenario -> new Scenario(
                                file.section(),
                                scenario.name(),
                                scenario.statements().toList())))
                .toList();
    }

    /** The id of every statement, in the order of the runbook. */
    public List<String> statements() {
        return runbook.statements().stream().map(Statement::id).toList();
    }

    /** Every statement, in the order of the runbook. */
    public List<Line> lines() {
        return runbook.statements().stream().map(this::line).toList();
    }

    private Line line(Statement statement) {
        return new Line(
                statement.id(),
                statement.text(),
                scenarios(statement, "@check"),
                scenarios(statement, "@drill"),
                statement.byPerson().orElse(""));
    }

    private int scenarios(Statement statement, String kind) {
        return (int) features.stream()
                .flatMap(file -> file.scenarios().stream())
                .filter(scenario -> scenario.tags().contains(kind))
                .filter(scenario -> scenario.statements().anyMatch(statement.id()::equals))
                .count();
    }

    /** From section id to title, in the order of the runbook. */
    public Map<String, String> sections() {
        return runbook.sections();
    }

    /** What is wrong, each in words that say what to do; none if prose and scenarios fit. */
    public List<String> problems() {
        return new Problems(runbook, features).all();
    }

    /** How the published runbook, in Markdown, differs from this one. */
    public List<String> against(String published) {
        return new Comparison(runbook, PublishedRunbook.parse(published)).differences();
    }
}
