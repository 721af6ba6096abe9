package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Faults;
import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rehearse",
        description =
                "Plays an incident on the replica: puts a fault in, has the runbook find it, takes it away, and runs"
                        + " the runbook until the exit criteria hold.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(3);
    private static final Duration BETWEEN_RUNS = Duration.ofSeconds(3);

    @Spec
    private CommandSpec spec;

    @Option(names = "--fault", paramLabel = "ID", required = true, description = "What happens; see 'runbook faults'.")
    private String fault;

    @Option(names = "--section", paramLabel = "N", description = "Only this section of the runbook; may be repeated.")
    private List<String> sections = List.of();

    @Option(
            names = "--tags",
            paramLabel = "EXPRESSION",
            defaultValue = "",
            description = "Only scenarios with these tags.")
    private String tags;

    @Option(
            names = "--until",
            paramLabel = "EXPRESSION",
            defaultValue = "@alert",
            description =
                    "The scenarios that are the exit criteria, by their tags (default: ${DEFAULT-VALUE}, those that"
                            + " ask whether an alert fires; others look back a quarter of an hour).")
    private String until;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder in which each run gets a folder of its own (default: target/runbook).")
    private Path output = Home.output();

    @Override
    public Integer call() throws IOException {
        var embedded = Home.environments().find("embedded");
        var faults = List.of(fault);
        var refusal = embedded.refuses(faults);
        if (refusal.isPresent()) {
            return usage(refusal.get());
        }
        if (!Faults.canHeal(fault)) {
            return usage("The fault '" + fault + "' stays as long as its replica; try it with ./runbook run --fault "
                    + fault);
        }
        var selection = new Selection(sections, tags, faults);
        var engine = new Engine(Home.features(), selection);
        if (engine.count() == 0) {
            return usage("No scenario is selected by " + selection.expression() + "; nothing was run.");
        }
        var terminal = new Terminal(spec.commandLine().getErr());
        var first = RunbookRun.begin(embedded, selection, Home.features(), output, terminal);
        var rehearsal = new Rehearsal(first, terminal);
        Runtime.getRuntime().addShutdownHook(new Thread(rehearsal::close, "interruption"));
        try (rehearsal) {
            first.open(engine);
            first.execute(engine);
            var found = rehearsal.report();
            print(found);
            if (!found.verdict().equals(RunVerdict.FAILED)) {
                return says(RunVerdict.FAILED.exitCode(), "The runbook did not find the fault " + fault + ".");
            }
            first.heal(faults);
            return recovers(rehearsal);
        }
    }

    private int recovers(Rehearsal rehearsal) throws IOException {
        long healedAt = System.nanoTime();
        boolean recovered = rehearsal.passesWithin(new Selection(sections, until, List.of()));
        print(rehearsal.last());
        var seconds = Duration.ofNanos(System.nanoTime() - healedAt).toSeconds();
        return recovered
                ? says(0, "The fault was found, and the exit criteria hold " + seconds + " s after it was taken away.")
                : says(
                        RunVerdict.FAILED.exitCode(),
                        "The exit criteria do not hold " + seconds + " s after the fault was taken away.");
    }

    private int usage(String problem) {
        spec.commandLine().getErr().println(problem);
        return ExitCode.USAGE;
    }

    private int says(int exit, String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
        return exit;
    }

    private void print(Run record) {
        var out = spec.commandLine().getOut();
        boolean colours = spec.commandLine().getColorScheme().ansi() == Ansi.ON;
        out.println();
        out.print(new ConsoleSummary(colours).of(record));
        out.flush();
    }

    /** The runs of one rehearsal, all against the same replica. */
    private final class Rehearsal implements AutoCloseable {
        private final Terminal terminal;
        private volatile RunbookRun run;
        private Run last;

        Rehearsal(RunbookRun first, Terminal terminal) {
            this.run = first;
            this.terminal = terminal;
        }

        Run last() {
            return last;
        }

        boolean passesWithin(Selection criteria) {
            try {
                Awaitility.await("the exit criteria to hold")
                        .atMost(RECOVERS_WITHIN)
                        .pollDelay(BETWEEN_RUNS)
                        .pollInterval(BETWEEN_RUNS)
                        .pollInSameThread()
                        .until(() -> passes(criteria));
                return true;
            } catch (ConditionTimeoutException stillWrong) {
                return false;
            }
        }

        private boolean passes(Selection criteria) throws IOException {
            var engine = new Engine(Home.features(), criteria);
            run = run.next(criteria, engine, Home.features(), output, terminal);
            run.execute(engine);
            var record = report();
            return record.verdict().equals(RunVerdict.PASSED);
        }

        Run report() throws IOException {
            last = RunRecord.read(run.folder());
            ReportWriter.write(last, run.folder());
            return last;
        }

        @Override
        public void close() {
            run.close();
        }
    }
}
