package com.openagents.runbook.cli;

import com.openagents.runbook.compliance.Compliance;
import com.openagents.runbook.coverage.Coverage;
import com.openagents.runbook.coverage.Pins;
import com.openagents.runbook.environment.EnvironmentProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "coverage",
        description = "Shows which scenario stands for which statement of the runbook, and what does not fit.",
        mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--pin",
            description =
                    "After a statement changed and its scenarios were read again: pins the features to its words.")
    private boolean pin;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Compares a published runbook in Markdown with this one: what is new, changed, or gone.")
    private Path against;

    @Override
    public Integer call() throws IOException {
        if (pin) {
            new Pins(Home.runbook(), Home.features()).write().forEach(name -> say("pinned " + name));
        }
        var coverage = Coverage.of(Home.runbook(), Home.features());
        return against == null ? show(coverage) : compare(coverage);
    }

    private int show(Coverage coverage) {
        var table = new Table("STATEMENT", "CHECKS", "DRILLS", "WHAT IT SAYS");
        coverage.lines()
                .forEach(line -> table.row(
                        line.id(),
                        line.byPerson().isEmpty() ? number(line.checks()) : "person",
                        number(line.drills()),
                        line.text()));
        spec.commandLine().getOut().print(table);
        var lines = coverage.lines();
        long accounted = lines.stream().filter(Coverage.Line::accounted).count();
        say(accounted + " of " + lines.size() + " statements are accounted for (" + 100 * accounted / lines.size()
                + "%)");
        return end(
                Stream.concat(coverage.problems().stream(), controls().stream()).toList());
    }

    /** Gaps are shown, for a control may be served by something else; a control that names nothing is a problem. */
    private List<String> controls() {
        try {
            Compliance.gaps(Home.features()).forEach(this::say);
            return List.of();
        } catch (EnvironmentProblem problem) {
            return List.of(problem.getMessage());
        }
    }

    private static String number(int count) {
        return count == 0 ? "-" : String.valueOf(count);
    }

    private int compare(Coverage coverage) throws IOException {
        if (!Files.isRegularFile(against)) {
            spec.commandLine().getErr().println("There is no file " + against);
            return ExitCode.USAGE;
        }
        var differences = coverage.against(Files.readString(against));
        if (differences.isEmpty()) {
            say("Every statement of " + against.getFileName() + " stands in this runbook, and none is gone.");
        }
        return end(differences);
    }

    private int end(List<String> problems) {
        problems.forEach(this::say);
        spec.commandLine().getOut().flush();
        return problems.isEmpty() ? 0 : DIFFERENT;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
