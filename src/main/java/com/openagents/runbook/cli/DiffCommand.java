package com.openagents.runbook.cli;

import com.openagents.runbook.report.Difference;
import com.openagents.runbook.report.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = {
            "What a run says otherwise than an earlier one: new, fixed, still failing, newly incomplete, added, removed,"
                    + " slower.",
            "Exit codes: 0 nothing got worse; 1 something did: a finding that was none, a scenario that can no longer be"
                    + " checked, a run that did not end; 2 wrong usage. That something got slower is not worse."
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    private static final int WORSE = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RecordsFolder output;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The earlier run: its id, 'latest', or the path of its folder.")
    private String before;

    @Parameters(index = "1", paramLabel = "RUN", description = "The later run.")
    private String after;

    @Override
    public Integer call() throws IOException {
        var runs = new KnownRuns(output.path());
        Path first = runs.find(before);
        Path second = runs.find(after);
        var difference = new Difference(RunRecord.read(first), RunRecord.read(second));
        spec.commandLine().getOut().print(difference.text());
        spec.commandLine().getOut().flush();
        return difference.worse() ? WORSE : 0;
    }
}
