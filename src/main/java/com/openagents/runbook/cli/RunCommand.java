package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Runs the runbook against an environment and writes a report.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "The environment to run against, by name or by the path of its YAML file"
                    + " (default: ${DEFAULT-VALUE}); see 'runbook environments'.")
    private String environment;

    @Option(names = "--section", paramLabel = "N", description = "Only this section of the runbook; may be repeated.")
    private List<String> sections = List.of();

    @Option(
            names = "--tags",
            paramLabel = "EXPRESSION",
            defaultValue = "",
            description = "Only scenarios with these tags, for example \"@severity:critical and not @drill\".")
    private String tags;

    @Option(
            names = "--fault",
            paramLabel = "ID",
            description = "Puts a fault into the replica first; may be repeated; see 'runbook faults'.")
    private List<String> faults = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder in which the run gets a folder of its own (default: target/runbook).")
    private Path output = Home.output();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var terminal = new Terminal(spec.commandLine().getErr());
        var chosen = Home.environments().find(environment);
        var selection = new Selection(sections, tags, faults);
        var problem = problem(chosen, selection);
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.USAGE;
        }
        var engine = new Engine(Home.features(), selection);
        long selected = engine.count();
        if (selected == 0) {
            spec.commandLine()
                    .getErr()
                    .println("No scenario is selected by " + selection.expression() + "; nothing was run.");
            return ExitCode.USAGE;
        }
        out.println("Running " + selected + " scenarios against " + chosen.name() + " (" + chosen.description() + ")");
        out.flush();
        return run(chosen, selection, engine, terminal);
    }

    private Optional<String> problem(Environment chosen, Selection selection) {
        try {
            Engine.checkTags(selection.expression());
        } catch (IllegalArgumentException e) {
            return Optional.of("--tags: " + e.getMessage());
        }
        return chosen.refuses(faults);
    }

    private int run(Environment chosen, Selection selection, Engine engine, Terminal terminal) throws IOException {
        var run = RunbookRun.begin(chosen, selection, Home.features(), output, terminal);
        var interruption = new Thread(() -> interrupted(run), "interruption");
        Runtime.getRuntime().addShutdownHook(interruption);
        try (run) {
            run.open(engine);
            run.execute(engine);
        } finally {
            ending(interruption);
        }
        int exit = report(run.folder());
        if (exit == RunVerdict.FAILED.exitCode() && chosen.kind().equals("embedded")) {
            spec.commandLine()
                    .getOut()
                    .println("By hand: ./runbook up" + withFaults()
                            + " keeps such a replica and prints how to reach it.");
            spec.commandLine().getOut().flush();
        }
        return exit;
    }

    private String withFaults() {
        return faults.stream().map(fault -> " --fault " + fault).collect(Collectors.joining());
    }

    private int report(Path folder) throws IOException {
        var read = RunRecord.read(folder);
        ReportWriter.write(read, folder);
        var out = spec.commandLine().getOut();
        boolean colours = spec.commandLine().getColorScheme().ansi() == Ansi.ON;
        out.println();
        out.print(new ConsoleSummary(colours).of(read));
        out.println("Report: " + folder.resolve(ReportWriter.HTML));
        out.flush();
        return read.verdict().exitCode();
    }

    /** The run ends by itself; where it is being interrupted already, that takes its course. */
    private static void ending(Thread interruption) {
        try {
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (IllegalStateException e) {
            awaitHalt(interruption);
        }
    }

    private static void awaitHalt(Thread interruption) {
        try {
            interruption.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ctrl-C or SIGTERM: put away what is open, and leave a report of what was known. */
    private void interrupted(RunbookRun run) {
        try {
            run.close();
            report(run.folder());
        } catch (IOException e) {
            spec.commandLine().getErr().println("The report could not be written: " + e.getMessage());
        } finally {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }
}
