package com.openagents.runbook.cli;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.PastRun;
import com.openagents.runbook.run.RunbookRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where runs are remembered from one to the next, if anywhere. What goes wrong with it is said, and is no verdict. */
final class KeptHistory {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            description = "Remembers the run in this folder, a line in the file of its environment, and compares it in"
                    + " the report with the runs before.")
    private Path folder;

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** What a run is compared with becomes part of its record. */
    void begin(RunbookRun run, String environment) {
        if (folder != null) {
            var earlier = new History(folder, environment).read();
            say(earlier.note());
            run.attach(EarlierRuns.MEDIA_TYPE, History.json(earlier));
        }
    }

    /** A plan checked nothing that would be worth remembering. */
    void end(Run run) {
        if (folder == null || run.facts().plan()) {
            return;
        }
        var history = new History(folder, run.facts().environment());
        try {
            history.append(PastRun.of(run));
        } catch (IOException e) {
            say("The run is not remembered: " + history.file() + " cannot be written: " + History.problem(e));
        }
    }

    private void say(String problem) {
        if (!problem.isEmpty()) {
            spec.commandLine().getErr().println(problem);
            spec.commandLine().getErr().flush();
        }
    }
}
