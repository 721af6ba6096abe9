package com.openagents.runbook.cli;

import com.openagents.runbook.run.OldRuns;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many records stay. */
final class KeptRecords {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private int keep = Integer.MAX_VALUE;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Removes all but the newest N runs from the folder of --output.")
    private void set(int number) {
        if (number < 1) {
            throw new ParameterException(spec.commandLine(), "--keep: expected at least 1, seen " + number);
        }
        keep = number;
    }

    /** What cannot be removed is said, and is no verdict. */
    void removeOthers(Path output) {
        try {
            OldRuns.remove(output, keep);
        } catch (IOException e) {
            spec.commandLine().getErr().println("An old run could not be removed: " + e.getMessage());
        }
    }
}
