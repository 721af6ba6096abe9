package com.openagents.runbook.cli;

import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which scenarios of the runbook a command is about. */
final class ChosenScenarios {
    @Option(names = "--section", paramLabel = "N", description = "Only this section of the runbook; may be repeated.")
    private List<String> sections = List.of();

    @Option(
            names = "--tags",
            paramLabel = "EXPRESSION",
            defaultValue = "",
            description = "Only scenarios with these tags, for example \"@severity:critical and not @drill\".")
    private String tags;

    Selection selection(List<String> faults) {
        return new Selection(sections, tags, faults);
    }

    /** The same choice as arguments of a command. */
    List<String> arguments() {
        var arguments = new ArrayList<String>();
        sections.forEach(section -> arguments.addAll(List.of("--section", section)));
        if (!tags.isBlank()) {
            arguments.addAll(List.of("--tags", tags));
        }
        return arguments;
    }

    /** The drills among them, of which only the plan is shown. */
    Selection plan(List<String> faults) {
        var drills = tags.isBlank() ? "@drill" : "(" + tags + ") and @drill";
        return new Selection(sections, drills, faults).planned();
    }

    /** Those of the same sections with other tags. */
    Selection tagged(String otherTags) {
        return new Selection(sections, otherTags, List.of());
    }

    /** Why nothing can be run by this engine's selection, if so; {@code option} is where its tags come from. */
    static Optional<String> problem(String option, Engine engine) {
        var selection = engine.selection();
        try {
            Engine.checkTags(selection.expression());
        } catch (IllegalArgumentException e) {
            return Optional.of(option + ": " + e.getMessage());
        }
        return engine.count() == 0
                ? Optional.of("No scenario is selected by " + selection.expression() + shard(selection)
                        + "; nothing was run. Drills are selected only where --tags names @drill.")
                : Optional.empty();
    }

    private static String shard(Selection selection) {
        var shard = selection.shard().toString();
        return shard.isEmpty() ? "" : " for shard " + shard;
    }
}
