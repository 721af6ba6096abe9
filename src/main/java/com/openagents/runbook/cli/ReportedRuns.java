package com.openagents.runbook.cli;

import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.run.RunbookRun;
import java.io.IOException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** One run, or several against the same environment, in a terminal: whatever ends them, what is open is put away. */
final class ReportedRuns implements AutoCloseable {
    private final CommandSpec spec;
    private final KeptHistory history;
    private final Exports exports;
    private final Thread interruption = new Thread(this::interrupted, "interruption");
    private volatile RunbookRun run;

    /** @param first has begun, and is not opened yet */
    ReportedRuns(CommandSpec spec, RunbookRun first, KeptHistory history, Exports exports) {
        this.spec = spec;
        this.run = first;
        this.history = history;
        this.exports = exports;
        Runtime.getRuntime().addShutdownHook(interruption);
    }

    RunbookRun run() {
        return run;
    }

    /** @param next has taken over the environment of the run before */
    void goOnWith(RunbookRun next) {
        run = next;
    }

    /** Writes the report of the newest run, as far as it has come. */
    Run report() throws IOException {
        var read = RunRecord.read(run.folder());
        exports.write(read, run.folder());
        ReportWriter.write(read, run.folder());
        history.end(read);
        return read;
    }

    void print(Run reported) {
        var out = spec.commandLine().getOut();
        boolean colours = spec.commandLine().getColorScheme().ansi() == Ansi.ON;
        out.println();
        out.print(new ConsoleSummary(colours).of(reported));
        out.println("Report: " + run.folder().resolve(ReportWriter.HTML));
        out.flush();
    }

    /** The runs end by themselves; where they are being interrupted already, that takes its course. */
    @Override
    public void close() {
        try {
            run.close();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(interruption);
            } catch (IllegalStateException e) {
                awaitHalt();
            }
        }
    }

    private void awaitHalt() {
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

    /** What does not close must not cost the report. */
    private void putAway() {
        try {
            run.close();
        } catch (RuntimeException e) {
            spec.commandLine().getErr().println("Not everything was put away: " + e.getMessage());
        }
    }
}
