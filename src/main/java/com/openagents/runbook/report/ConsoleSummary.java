package com.openagents.runbook.report;

import com.openagents.runbook.report.history.Change;
import com.openagents.runbook.report.history.Changes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run says in a terminal: findings first, then what could not be checked, then the counts and the verdict. */
public final class ConsoleSummary {
    private static final String RESET = "\u001b[0m";
    private static final int MARGIN = 2;
    private static final int MOST_NAMES = 8;

    private final boolean colours;

    /**
     * A way to say it.
     *
     * @param colours whether the terminal understands them; without, the text is the same
     */
    public ConsoleSummary(boolean colours) {
        this.colours = colours;
    }

    /** The text, ending with a line feed. */
    public String of(Run run) {
        var out = new StringBuilder();
        run.scenarios().forEach(scenario -> findings(run, scenario, out));
        run.problems()
                .forEach(problem -> out.append(word(problem.verdict()))
                        .append("  the run: ")
                        .append(indented(problem.text()))
                        .append("\n\n"));
        for (var verdict : List.of(Verdict.INCOMPLETE, Verdict.WAIVED, Verdict.ABORTED, Verdict.PLANNED)) {
            reasons(run, verdict, out);
        }
        waivers(run, out);
        sections(run, out);
        changes(run, out);
        return out.append(last(run)).append('\n').toString();
    }

    private void findings(Run run, ScenarioResult scenario, StringBuilder out) {
        for (var failure : scenario.failures()) {
            if (!failure.ofTheSystem()) {
                out.append(colour(Verdict.FAILED, "Error in the runbook itself"))
                        .append(" (")
                        .append(scenario.location())
                        .append("): ");
            }
            out.append(Text.visible(failure.message())).append('\n');
            if (scenario.verdict() == Verdict.WAIVED) {
                out.append(word(Verdict.WAIVED))
                        .append("  ")
                        .append(waiver(run, scenario))
                        .append('\n');
            } else if (scenario.verdict() == Verdict.FAILED
                    && !scenario.reason().isEmpty()) {
                out.append(Text.visible(scenario.reason())).append('\n');
            }
            out.append('\n');
        }
    }

    private static String waiver(Run run, ScenarioResult scenario) {
        return Text.visible(
                scenario.waiver().flatMap(run::waiver).map(Waiver::text).orElse(""));
    }

    /** Findings that are waived were said already. */
    private static boolean unsaid(ScenarioResult scenario) {
        return scenario.verdict() != Verdict.WAIVED || scenario.failures().isEmpty();
    }

    private static String reason(Run run, ScenarioResult scenario) {
        return scenario.verdict() == Verdict.WAIVED
                ? scenario.reason() + "\n" + waiver(run, scenario)
                : scenario.reason();
    }

    /** What somebody has to do about waivers. */
    private static void waivers(Run run, StringBuilder out) {
        var due = run.waivers().stream().filter(use -> !use.next().isEmpty()).toList();
        due.forEach(use -> out.append("waiver ")
                .append(Text.visible(
                        use.waiver().named() + " for " + use.waiver().covers()))
                .append(": ")
                .append(use.state().word())
                .append("\n  ")
                .append(Text.visible(use.next()))
                .append('\n'));
        if (!due.isEmpty()) {
            out.append('\n');
        }
    }

    private void reasons(Run run, Verdict verdict, StringBuilder out) {
        var byReason = new LinkedHashMap<String, List<String>>();
        run.scenarios().stream()
                .filter(scenario -> scenario.verdict() == verdict && unsaid(scenario))
                .forEach(scenario -> byReason.computeIfAbsent(reason(run, scenario), reason -> new ArrayList<>())
                        .add(Text.visible(scenario.section() + " " + scenario.name())));
        byReason.forEach((reason, names) -> {
            var gap = "\n" + " ".repeat(verdict.word().length() + MARGIN);
            out.append(word(verdict)).append("  ");
            out.append(String.join(gap, names.subList(0, Math.min(names.size(), MOST_NAMES))));
            if (names.size() > MOST_NAMES) {
                out.append(gap).append("and ").append(names.size() - MOST_NAMES).append(" more");
            }
            out.append(reason.isEmpty() ? "\n" : "\n  " + indented(reason) + "\n");
        });
        if (!byReason.isEmpty()) {
            out.append('\n');
        }
    }

    private static void sections(Run run, StringBuilder out) {
        var shown = run.sections().stream()
                .filter(section -> !section.scenarios().isEmpty())
                .toList();
        int width = shown.stream()
                        .mapToInt(section -> section.title().length())
                        .max()
                        .orElse(0)
                + MARGIN;
        shown.forEach(section -> out.append(Text.visible(section.title()))
                .append(" ".repeat(width - section.title().length()))
                .append(section.tally().text())
                .append('\n'));
    }

    private static void changes(Run run, StringBuilder out) {
        var changes = Changes.of(run);
        var counts = Stream.of(Change.Kind.values())
                .filter(kind -> !changes.of(kind).isEmpty())
                .map(kind -> changes.of(kind).size() + " " + kind.word())
                .collect(Collectors.joining(", "));
        if (!run.earlier().runs().isEmpty()) {
            out.append("Since the runs before: ")
                    .append(counts.isEmpty() ? "nothing is new, fixed or still failing" : counts)
                    .append('\n');
        }
    }

    private String last(Run run) {
        var word = new Headline(run, run.tally()).verdict().toUpperCase(Locale.ROOT);
        var tally = run.tally();
        return colour(worst(run), word)
                + (run.facts().environment().isEmpty()
                        ? ""
                        : "  " + Text.visible(run.facts().environment()))
                + "  "
                + (tally.total() > 0 ? tally.text() : nothing(run.verdict()))
                + "  in "
                + Times.took(run.took());
    }

    private static String nothing(RunVerdict verdict) {
        return verdict == RunVerdict.ABORTED ? "it ended before any scenario began" : "no scenario was selected";
    }

    private static Verdict worst(Run run) {
        return switch (run.verdict()) {
            case PASSED -> Verdict.PASSED;
            case WAIVED -> Verdict.WAIVED;
            case PLANNED -> Verdict.PLANNED;
            case INCOMPLETE -> Verdict.INCOMPLETE;
            case ABORTED -> Verdict.ABORTED;
            case FAILED, NOTHING_SELECTED -> Verdict.FAILED;
        };
    }

    private static String indented(String text) {
        return Text.visible(text).replace("\n", "\n  ");
    }

    private String word(Verdict verdict) {
        return colour(verdict, verdict.word());
    }

    private String colour(Verdict verdict, String text) {
        if (!colours) {
            return text;
        }
        int code = switch (verdict) {
            case FAILED -> 31;
            case INCOMPLETE -> 33;
            case WAIVED -> 36;
            case ABORTED -> 35;
            case PLANNED -> 34;
            case PASSED -> 32;
        };
        return "\u001b[1;" + code + "m" + text + RESET;
    }
}
