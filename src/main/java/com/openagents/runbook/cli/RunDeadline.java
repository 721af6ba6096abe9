package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Durations;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a run may take. */
final class RunDeadline {
    private static final String NAME = "--deadline";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private String written = "";
    private Duration limit = Duration.ZERO;

    @Option(
            names = NAME,
            paramLabel = "DURATION",
            description =
                    "Ends a run that takes longer, for example 10m: it is reported as aborted, with what is known.")
    private void set(String text) {
        try {
            limit = Durations.parse(text);
            written = text;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), NAME + ": " + e.getMessage());
        }
    }

    /** As it was given; empty if it was not. */
    String written() {
        return written;
    }

    /** Does what the run does, and ends it when it takes too long. */
    void keep(ReportedRuns runs, Runnable work) {
        if (limit.isZero()) {
            work.run();
        } else {
            runs.within(limit, written, work);
        }
    }
}
