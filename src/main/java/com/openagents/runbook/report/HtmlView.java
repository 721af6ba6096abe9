package com.openagents.runbook.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run as the page shows it. */
final class HtmlView {
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

    private static final int LONG_VALUE = 56;

    private final Run run;
    private final Tally tally;
    private final EvidenceIndex index;
    private final List<FindingView> findings;
    private final Map<Failure, FindingView> byFailure = new HashMap<>();
    private final PageStyle style;

    record Fact(String name, String value) {
        /** Hashes and digests are smaller, so that a table of facts stays a table. */
        boolean isLong() {
            return value.length() > LONG_VALUE;
        }
    }

    record SystemFacts(String name, List<Fact> facts) {}

    record Reasons(String verdict, String title, List<ScenarioView> scenarios) {}

    record Part(String id, String title, String description, String counts, List<ScenarioView> scenarios) {}

    HtmlView(Run run) {
        this.run = run;
        this.tally = run.tally();
        this.index = new EvidenceIndex(run);
        this.findings = numbered(run);
        findings.forEach(finding -> byFailure.put(finding.failure(), finding));
        this.style = PageStyle.of(
                "OpenAgents runtime runbook · " + run.facts().environment(),
                run.verdict().word(),
                run.facts().runId());
    }

    private static List<FindingView> numbered(Run run) {
        var found = new ArrayList<FindingView>();
        run.scenarios().stream()
                .sorted(Comparator.comparing((ScenarioResult scenario) -> scenario.verdict() == Verdict.WAIVED)
                        .thenComparingInt(HtmlView::rank))
                .forEach(scenario -> scenario.failures()
                        .forEach(failure -> found.add(new FindingView(
                                found.size() + 1,
                                scenario,
                                failure,
                                scenario.waiver().flatMap(run::waiver)))));
        return found;
    }

    private static int rank(ScenarioResult scenario) {
        int rank = SEVERITIES.indexOf(scenario.severity());
        return rank < 0 ? SEVERITIES.size() : rank;
    }

    VerifyView verify() {
        return new VerifyView(run);
    }

    PageStyle style() {
        return style;
    }

    Headline headline() {
        return new Headline(run, tally);
    }

    CoverageView coverage() {
        return new CoverageView(run, tally);
    }

    WaiversView waivers() {
        return new WaiversView(run);
    }

    ControlsView controls() {
        return new ControlsView(run, coverage());
    }

    MergedView merged() {
        return new MergedView(run.merged());
    }

    HistoryView history() {
        return new HistoryView(run);
    }

    List<Fact> basics() {
        var all = RunFactsView.facts(run);
        var shown = List.of("namespace", "selection", "faults put in on purpose", "started by", "from");
        var basics = new ArrayList<>(
                all.stream().filter(fact -> shown.contains(fact.name())).toList());
        basics.add(new Fact("took", took()));
        return basics;
    }

    String took() {
        return Times.took(run.took());
    }

    String evidence() {
        return index.text();
    }

    List<String> problems() {
        return run.problems().stream().map(Problem::text).toList();
    }

    List<SystemFacts> systems() {
        var systems = new ArrayList<SystemFacts>();
        systems.add(new SystemFacts("run", RunFactsView.facts(run)));
        run.identities()
                .forEach(identity -> systems.add(new SystemFacts(
                        identity.system(),
                        identity.facts().entrySet().stream()
                                .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                                .toList())));
        return systems;
    }

    List<FindingView> findings() {
        return findings;
    }

    String noFindings() {
        return tally.total() == 0 || tally.of(Verdict.PASSED) == 0
                ? "None, but nothing was proven either."
                : "None: whatever could be checked is as the runbook says.";
    }

    List<Reasons> reasons() {
        return Stream.of(
                        reasons(Verdict.INCOMPLETE, "Could not be checked"),
                        reasons(Verdict.ABORTED, "Aborted"),
                        reasons(Verdict.PLANNED, "Planned"))
                .filter(group -> !group.scenarios().isEmpty())
                .toList();
    }

    private Reasons reasons(Verdict verdict, String title) {
        var scenarios = run.scenarios().stream()
                .filter(scenario -> scenario.verdict() == verdict)
                .toList();
        return new Reasons(verdict.word(), title, views(scenarios));
    }

    List<Part> sections() {
        return run.sections().stream()
                .filter(section -> !section.scenarios().isEmpty())
                .map(section -> new Part(
                        section.id(),
                        section.title(),
                        section.description(),
                        section.tally().text(),
                        views(section.scenarios())))
                .toList();
    }

    private List<ScenarioView> views(Collection<ScenarioResult> scenarios) {
        return scenarios.stream()
                .map(scenario -> new ScenarioView(scenario, scenario.waiver().flatMap(run::waiver), byFailure, index))
                .toList();
    }

    List<Fact> phases() {
        return run.phases().stream()
                .map(phase -> new Fact(phase.name(), Times.took(phase.took())))
                .toList();
    }

    boolean hasPhases() {
        return !run.phases().isEmpty();
    }

    int others() {
        return run.otherAttachments();
    }

    boolean hasOthers() {
        return run.otherAttachments() > 0;
    }
}
