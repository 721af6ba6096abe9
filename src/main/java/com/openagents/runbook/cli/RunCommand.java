package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Aside;
import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import com.openagents.runbook.run.Shard;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Runs the runbook against an environment and writes a report.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ChosenScenarios scenarios;

    @Mixin
    private RecordsFolder output;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "The environment to run against, by name or by the path of its YAML file"
                    + " (default: ${DEFAULT-VALUE}); see 'runbook environments'. Several, with commas between or as a"
                    + " glob, run side by side, each in a process that runs nothing else meanwhile.")
    private String environment;

    @Option(
            names = "--fault",
            paramLabel = "ID",
            description = "Puts a fault into the replica first; may be repeated; see 'runbook faults'.")
    private List<String> faults = List.of();

    @Option(
            names = "--plan",
            description =
                    "Shows what the selected drills would change, and changes nothing. Without --tags: all drills.")
    private boolean plan;

    @Option(
            names = "--no-preflight",
            description =
                    "Does not ask first which Kubernetes permissions are granted; a missing one shows when it is used.")
    private boolean unasked;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = ShardOption.class,
            description =
                    "Only every N-th of the selected scenarios, beginning with the I-th; './runbook report' merges"
                            + " the runs of all N.")
    private Shard shard = Shard.ALL;

    @Mixin
    private KeptHistory history;

    @Mixin
    private Exports exports;

    @Mixin
    private Publishing publishing;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The name of a live environment, as a sign that its drills are meant.")
    private String confirmed;

    @Option(names = "--profile", description = "Prints where the time went.")
    private boolean profiled;

    @Mixin
    private RunDeadline deadline;

    @Mixin
    private KeptRecords kept;

    @Mixin
    private ManyEnvironments many;

    /**
     * This command with the arguments.
     *
     * @throws UsageProblem if they are none of it
     */
    static RunCommand parse(List<String> arguments) {
        var command = new RunCommand();
        try {
            new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
            return command;
        } catch (ParameterException e) {
            throw new UsageProblem(e.getMessage());
        }
    }

    /** The scenarios that it runs. */
    Selection selection() {
        return plan ? scenarios.plan(faults) : scenarios.selection(faults);
    }

    /** Why no scheduler can start it again and again, if so. */
    Optional<String> problemOfSchedule() {
        return faults.isEmpty()
                ? publishing.problemOfMany().filter(problem -> many.are(environment))
                : Optional.of("--fault is for the embedded replica only");
    }

    @Override
    public Integer call() throws IOException {
        return many.are(environment) ? runMany() : runOne();
    }

    private int runMany() {
        var engine = new Engine(Home.features(), selection());
        var problem = ChosenScenarios.problem("--tags", engine)
                .or(() -> together(engine))
                .or(publishing::problemOfMany)
                .or(this::unmeasured);
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.USAGE;
        }
        return many.run(environment, output.path(), deadline.written());
    }

    private Optional<String> unmeasured() {
        return profiled
                ? Optional.of("--profile is for one environment, of several one goes on in the process of another")
                : Optional.empty();
    }

    private Optional<String> together(Engine engine) {
        return !plan && engine.hasDrills()
                ? Optional.of("Drills are made in one environment at a time; name one. Nothing was changed.")
                : Optional.empty();
    }

    private int runOne() throws IOException {
        var profile = new Profile(new Terminal(spec.commandLine().getErr()));
        // Takes long for one who waits, and needs nothing of what follows.
        var reading = new Aside<>(() -> profile.measure(
                "read the environment",
                () -> Home.environments().find(environment).begin()));
        var selection = selection().in(shard);
        var engine = new Engine(Home.features(), selection);
        var nothing = profile.measure("rehearse", () -> ChosenScenarios.problem("--tags", engine));
        var chosen = reading.get();
        try {
            var problem = chosen.refuses(faults)
                    .or(() -> nothing)
                    .or(() -> forbidden(chosen, engine))
                    .or(() -> publishing.problem(chosen, selection, history));
            if (problem.isPresent()) {
                spec.commandLine().getErr().println(problem.get());
                return ExitCode.USAGE;
            }
            return run(chosen, engine, profile);
        } finally {
            chosen.leave();
        }
    }

    private Optional<String> forbidden(Environment chosen, Engine engine) {
        return !plan && engine.hasDrills() ? chosen.forbids("drill", confirmed) : Optional.empty();
    }

    private int run(Environment chosen, Engine engine, Profile profile) throws IOException {
        var out = spec.commandLine().getOut();
        out.println("Running " + engine.count() + " scenarios against " + chosen.name() + " (" + chosen.description()
                + ")");
        out.flush();
        ReportedRuns.reportAbandoned(output.path(), spec);
        var runs = new ReportedRuns(
                spec,
                RunbookRun.begin(
                        chosen, engine.selection(), Home.features(), output.path(), profile, Main.redactor(spec)),
                history,
                exports);
        try (runs) {
            history.begin(runs.run(), chosen.name());
            deadline.keep(runs, () -> {
                profile.measure("open", () -> {
                    runs.run().open(engine, !unasked);
                    return null;
                });
                runs.run().execute(engine);
            });
        }
        var report = runs.report();
        runs.print(report);
        boolean added = profile.measure(
                "publish", () -> publishing.publish(chosen, engine.selection(), history, runs.run(), report));
        if (added) {
            runs.attest(report);
        }
        kept.removeOthers(output.path());
        if (profiled) {
            out.print(profile);
            out.flush();
        }
        if (report.verdict() == RunVerdict.FAILED && chosen.kind().equals("embedded")) {
            out.println("By hand: ./runbook up" + withFaults() + " keeps such a replica and prints how to reach it.");
            out.flush();
        }
        return report.verdict().exitCode();
    }

    private String withFaults() {
        return faults.stream().map(fault -> " --fault " + fault).collect(Collectors.joining());
    }

    private static final class ShardOption implements CommandLine.ITypeConverter<Shard> {
        @Override
        public Shard convert(String text) {
            try {
                return Shard.parse(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(e.getMessage());
            }
        }
    }
}
