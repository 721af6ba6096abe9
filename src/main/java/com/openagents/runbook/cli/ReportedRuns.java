package com.openagents.runbook.cli;

import com.openagents.runbook.publish.metrics.MetricsFile;
import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.FollowedRecord;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.attestation.AttestedReport;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.run.AbandonedRuns;
import com.openagents.runbook.run.Deadline;
import com.openagents.runbook.run.RunbookRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** One run, or several against the same environment, in a terminal: whatever ends them, what is open is put away. */
final class ReportedRuns implements AutoCloseable {
    /** Less than a scheduler waits between asking a program to end and killing it. */
    private static final Duration PUT_AWAY = Duration.ofSeconds(30);

    private final CommandSpec spec;
    private final KeptHistory history;
    private final Exports exports;
    private final Duration patience;
    private final Thread interruption = new Thread(this::interrupted, "interruption");
    private volatile Followed newest;
    private boolean reported;
    private volatile boolean putAway;

    /** @param first has begun, and is not opened yet */
    ReportedRuns(CommandSpec spec, RunbookRun first, KeptHistory history, Exports exports) {
        this(spec, first, history, exports, PUT_AWAY);
    }

    /** @param patience for how long what is open may take to be put away after an interruption */
    ReportedRuns(CommandSpec spec, RunbookRun first, KeptHistory history, Exports exports, Duration patience) {
        this.patience = patience;
        this.spec = spec;
        this.newest = Followed.of(first);
        this.history = history;
        this.exports = exports;
        Runtime.getRuntime().addShutdownHook(interruption);
    }

    RunbookRun run() {
        return newest.run();
    }

    /** Reports the runs in this folder whose process was killed before it could do so. */
    static void reportAbandoned(Path output, CommandSpec spec) {
        var err = spec.commandLine().getErr();
        AbandonedRuns.each(
                output,
                folder -> {
                    AttestedReport.write(RunRecord.read(folder), folder, Optional.empty());
                    err.println("Run " + folder.getFileName() + " was killed before its end; its report is now at "
                            + folder.resolve(ReportWriter.HTML));
                },
                (folder, problem) -> err.println(
                        folder.equals(output)
                                ? "Whether a run was killed is not known, for " + output + " cannot be read: "
                                        + History.problem(problem)
                                : "Run " + folder.getFileName() + " was killed before its end, and its report cannot be"
                                        + " written: " + History.problem(problem)));
    }

    /** @param next has taken over the environment of the run before, which has ended */
    void goOnWith(RunbookRun next) throws IOException {
        var before = newest;
        newest = Followed.of(next);
        report(before);
        reported = false;
    }

    /**
     * Does what a run of checks does, for no longer than the limit. A run that takes longer is cut short, and what is known
     * until then is its report.
     *
     * @param written the limit as it was given
     */
    void within(Duration limit, String written, Runnable checks) {
        if (!Deadline.keeps(limit, checks)) {
            run().cutShort("The run was not done within its deadline of " + written);
            putAway();
        }
    }

    /** Writes the report of the newest run, as far as it has come. */
    Run report() throws IOException {
        reported = true;
        var read = report(newest);
        history.end(read);
        return read;
    }

    private Run report(Followed followed) throws IOException {
        var run = followed.run();
        var read = followed.record().read(run.folder());
        // The report first: what goes wrong with the rest must not cost it.
        ReportWriter.write(read, run.folder());
        try {
            exports.write(read, run.folder());
            MetricsFile.write(read, run.folder().resolve(MetricsFile.FILE));
        } finally {
            AttestedReport.attest(read, run.folder(), run.signingKey());
        }
        run.reported();
        return read;
    }

    /** Attests what came into the folder of the newest run after its report. */
    void attest(Run reported) throws IOException {
        AttestedReport.attest(reported, run().folder(), run().signingKey());
    }

    void print(Run reported) {
        var out = spec.commandLine().getOut();
        boolean colours = spec.commandLine().getColorScheme().ansi() == Ansi.ON;
        out.println();
        out.print(new ConsoleSummary(colours).of(reported));
        out.println("Report: " + run().folder().resolve(ReportWriter.HTML));
        out.flush();
    }

    /** The runs end by themselves; where they are being interrupted already, that takes its course. */
    @Override
    public void close() {
        try {
            if (!putAway) {
                run().close();
            }
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(interruption);
            } catch (IllegalStateException e) {
                awaitHalt(interruption);
            }
        }
        reportWhatCame();
    }

    /** What was written while a run closed that was reported before belongs to it. */
    private void reportWhatCame() {
        try {
            if (reported) {
                report(newest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written: " + run().folder(), e);
        }
    }

    /** The program ends with this thread. */
    static void awaitHalt(Thread interruption) {
        try {
            interruption.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ctrl-C or SIGTERM: put away what is open, and leave a report of what was known. */
    private void interrupted() {
        try {
            putAway();
            print(report());
        } catch (IOException | RuntimeException e) {
            spec.commandLine().getErr().println("The report could not be written: " + e.getMessage());
        } finally {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    /** What does not close must not cost the report; only what a drill has to put back is waited for, however long. */
    private void putAway() {
        putAway = true;
        try {
            var run = run();
            if (run.mayHaveChanged()) {
                run.close();
            } else if (!Deadline.keeps(patience, run::close)) {
                spec.commandLine().getErr().println("Not everything was put away: the environment does not close");
            }
        } catch (RuntimeException e) {
            spec.commandLine().getErr().println("Not everything was put away: " + e.getMessage());
        }
    }

    /** A run whose record is read while it goes on. */
    private record Followed(RunbookRun run, FollowedRecord record) {
        static Followed of(RunbookRun run) {
            var record = new FollowedRecord();
            run.follow(record);
            return new Followed(run, record);
        }
    }
}
