package com.openagents.runbook.report;

import com.openagents.runbook.report.history.Change;
import com.openagents.runbook.report.history.Changes;
import com.openagents.runbook.report.history.PastRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run says otherwise than an earlier one. */
public final class Difference {
    /** What is slower by less is noise. */
    private static final Duration LEAST_SLOWER = Duration.ofSeconds(1);

    private static final int TIMES_SLOWER = 2;

    private final Run before;
    private final Run after;
    private final Changes changes;

    /**
     * Compares two runs.
     *
     * @param after the later one
     */
    public Difference(Run before, Run after) {
        this.before = before;
        this.after = after;
        this.changes = Changes.of(after, List.of(PastRun.of(before)));
    }

    /** Whether anything is worse in the later run, also something that belongs to no scenario. */
    public boolean worse() {
        return changes.worse() || !ofTheRun().isEmpty() || !lost().isEmpty();
    }

    /** What is wrong with the later run itself, and was not with the earlier one. */
    private List<String> ofTheRun() {
        var known = before.problems().stream().map(Problem::text).toList();
        var problems = new ArrayList<String>();
        if (before.finished() && !after.finished()) {
            problems.add("The run ended before its end");
        }
        after.problems().stream()
                .map(Problem::text)
                .filter(text -> !known.contains(text))
                .forEach(problems::add);
        return problems;
    }

    /** What had a result, and has none because the later run ended too early, or is only a plan. */
    private List<ScenarioResult> lost() {
        var results = results(before);
        return after.scenarios().stream()
                .filter(scenario -> !hasResult(scenario))
                .filter(scenario -> results.containsKey(scenario.id()) && hasResult(results.get(scenario.id())))
                .toList();
    }

    private static boolean hasResult(ScenarioResult scenario) {
        return scenario.verdict() != Verdict.ABORTED && scenario.verdict() != Verdict.PLANNED;
    }

    private List<ScenarioResult> notIn(Run other, Run run) {
        var known = results(other).keySet();
        return run.scenarios().stream()
                .filter(scenario -> !known.contains(scenario.id()))
                .toList();
    }

    private static Map<String, ScenarioResult> results(Run run) {
        var results = new HashMap<String, ScenarioResult>();
        run.scenarios().forEach(scenario -> results.put(scenario.id(), scenario));
        return results;
    }

    /** The difference for people, ending with a line feed. */
    public String text() {
        var out = new StringBuilder();
        out.append("Before: ").append(line(before)).append('\n');
        out.append("After:  ").append(line(after)).append('\n');
        otherThings().forEach(text -> out.append("Note: ").append(text).append('\n'));
        group(out, "the run itself", ofTheRun());
        for (var kind : Change.Kind.values()) {
            group(
                    out,
                    kind.word(),
                    changes.of(kind).stream().map(Difference::line).toList());
        }
        for (var verdict : List.of(Verdict.ABORTED, Verdict.PLANNED)) {
            var lost = lost().stream().filter(scenario -> scenario.verdict() == verdict);
            group(out, verdict.word(), lost.map(Difference::named).toList());
        }
        group(
                out,
                "added",
                notIn(before, after).stream().map(Difference::verdict).toList());
        group(
                out,
                "removed",
                notIn(after, before).stream().map(Difference::verdict).toList());
        group(out, "slower", slower());
        return out.append('\n')
                .append(worse() ? "Something got worse." : "Nothing got worse.")
                .append('\n')
                .toString();
    }

    private static String line(Run run) {
        return Text.visible(run.facts().runId() + "  " + run.facts().environment()) + "  "
                + run.verdict().word() + "  " + run.tally().text();
    }

    private static void group(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append('\n').append(title).append(" (").append(lines.size()).append(")\n");
            lines.forEach(line -> out.append(Text.visible(line).indent(2)));
        }
    }

    private static String line(Change change) {
        var scenario = change.scenario();
        return Optional.of(why(scenario))
                .filter(why -> !why.isEmpty())
                .map(why -> named(scenario) + "\n  " + why)
                .orElseGet(() -> named(scenario));
    }

    private static String why(ScenarioResult scenario) {
        return scenario.failures().isEmpty()
                ? scenario.reason().lines().findFirst().orElse("")
                : scenario.failures().stream().map(Failure::headline).collect(Collectors.joining("; "));
    }

    private static String named(ScenarioResult scenario) {
        return scenario.section() + " " + scenario.name();
    }

    private static String verdict(ScenarioResult scenario) {
        return named(scenario) + ": " + scenario.verdict().word();
    }

    private List<String> slower() {
        var results = results(before);
        return after.scenarios().stream()
                .filter(scenario -> results.containsKey(scenario.id()))
                .filter(scenario -> isSlower(results.get(scenario.id()).took(), scenario.took()))
                .map(scenario -> named(scenario) + ": "
                        + seconds(results.get(scenario.id()).took()) + ", now " + seconds(scenario.took()))
                .toList();
    }

    private static boolean isSlower(Duration earlier, Duration later) {
        return later.compareTo(earlier.multipliedBy(TIMES_SLOWER)) >= 0
                && later.minus(earlier).compareTo(LEAST_SLOWER) >= 0;
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
    }

    /** What makes the runs less comparable. */
    private List<String> otherThings() {
        var notes = new ArrayList<String>();
        note(notes, "environments", before.facts().environment(), after.facts().environment());
        note(notes, "modes", before.facts().mode(), after.facts().mode());
        note(notes, "feature files", before.facts().featureHash(), after.facts().featureHash());
        note(
                notes,
                "suite versions",
                before.facts().suiteVersion(),
                after.facts().suiteVersion());
        note(
                notes,
                "selections",
                before.facts().selection().toString(),
                after.facts().selection().toString());
        return notes;
    }

    private static void note(List<String> notes, String what, String one, String other) {
        if (!one.equals(other)) {
            notes.add("the runs have different " + what);
        }
    }
}
