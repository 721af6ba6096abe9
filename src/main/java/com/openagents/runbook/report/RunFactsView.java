package com.openagents.runbook.report;

import java.util.ArrayList;
import java.util.List;

/** The run's own facts as lines of the identity table. */
final class RunFactsView {
    private RunFactsView() {}

    static List<HtmlView.Fact> facts(Run run) {
        var facts = run.facts();
        var lines = new ArrayList<HtmlView.Fact>();
        add(
                lines,
                "environment",
                facts.kind().isEmpty() ? facts.environment() : facts.environment() + " (" + facts.kind() + ")");
        add(lines, "namespace", facts.namespace());
        add(lines, "selection", text(facts.selection()));
        add(
                lines,
                "faults put in on purpose",
                String.join(", ", facts.selection().faults()));
        add(lines, "must be complete", facts.must().isEmpty() ? "" : String.join(", ", facts.must()));
        add(lines, "mode", facts.plan() ? "plan" : "");
        add(lines, "started by", facts.startedBy());
        run.started().ifPresent(from -> add(lines, "from", Times.moment(from)));
        run.ended().ifPresent(to -> add(lines, run.finished() ? "to" : "last sign of life", Times.moment(to)));
        add(lines, "run", facts.runId());
        add(lines, "suite version", facts.suiteVersion());
        add(lines, "runbook hash", facts.runbookHash());
        add(lines, "feature hash", facts.featureHash());
        add(lines, "record (run.ndjson), sha-256", run.recordSha256());
        return lines;
    }

    private static void add(List<HtmlView.Fact> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(new HtmlView.Fact(name, value));
        }
    }

    static String text(RunFacts.Selection selection) {
        var sections = selection.sections().isEmpty()
                ? "the whole runbook"
                : (selection.sections().size() == 1 ? "section " : "sections ")
                        + String.join(", ", selection.sections());
        return sections
                + (selection.tags().contains(ScenarioResult.DRILL) ? "" : " without drills")
                + (selection.tags().isEmpty() ? "" : ", tags " + selection.tags())
                + (selection.shard().isEmpty() ? "" : ", shard " + selection.shard());
    }
}
