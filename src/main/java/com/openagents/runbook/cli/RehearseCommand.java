package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.environment.Faults;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.RunbookRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ChosenScenarios scenarios;

    @Mixin
    private RecordsFolder output;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "rehearsal",
            description = "An environment of kind embedded, by name or by the path of its YAML file"
                    + " (default: ${DEFAULT-VALUE}, in which a quarter of an hour is a minute).")
    private String environment;

    @Option(
            names = "--fault",
            paramLabel = "ID",
            required = true,
            description = "What happens; may be repeated; see 'runbook faults'.")
    private List<String> faults = List.of();

    @Option(
            names = "--until",
            paramLabel = "EXPRESSION",
            defaultValue = "@exit-criterion",
            description = "The scenarios that are the exit criteria, by their tags (default: ${DEFAULT-VALUE}).")
    private String until;

    @Override
    public Integer call() throws IOException {
        var embedded = Home.environments().find(environment);
        var incident = new Engine(Home.features(), scenarios.selection(faults));
        var criteria = new Engine(Home.features(), scenarios.tagged(until));
        var problem = embedded.refuses(faults)
                .or(this::cannotHeal)
                .or(() -> ChosenScenarios.problem("--tags", incident))
                .or(() -> ChosenScenarios.problem("--until", criteria))
                .or(() -> asksMore(incident, criteria));
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.USAGE;
        }
        return rehearse(embedded, incident, criteria);
    }

    private Optional<String> cannotHeal() {
        return faults.stream()
                .filter(fault -> !Faults.canHeal(fault))
                .map(fault -> "The fault '" + fault
                        + "' stays as long as its replica; try it with ./runbook run --fault " + fault)
                .findFirst();
    }

    /** The environment is opened once, and only as far as the incident needs it. */
    private static Optional<String> asksMore(Engine incident, Engine criteria) {
        var opened = incident.needs().systems();
        return criteria.needs().systems().stream()
                .filter(system -> !opened.contains(system))
                .map(system -> "--until asks " + system.word() + ", which the scenarios of --tags do not ask;"
                        + " choose more of them.")
                .findFirst();
    }

    private int rehearse(Environment embedded, Engine incident, Engine criteria) throws IOException {
        var terminal = new Terminal(spec.commandLine().getErr());
        ReportedRuns.reportAbandoned(output.path(), spec);
        var runs = new ReportedRuns(
                spec,
                RunbookRun.begin(
                        embedded, incident.selection(), Home.features(), output.path(), terminal, Main.redactor(spec)),
                new KeptHistory(),
                new Exports());
        try (runs) {
            runs.run().open(incident, true);
            runs.run().execute(incident);
            var found = runs.report().soFar();
            runs.print(found);
            if (found.verdict() != RunVerdict.FAILED) {
                return notFound(found);
            }
            runs.run().heal(faults);
            return recovers(runs, criteria, terminal);
        }
    }

    private int notFound(Run run) {
        if (run.verdict() == RunVerdict.WAIVED) {
            return says(RunVerdict.FAILED, "What the runbook found is waived; without the waiver it can be rehearsed.");
        }
        return run.verdict() == RunVerdict.PASSED
                ? says(RunVerdict.FAILED, "The runbook did not find the fault " + named() + ".")
                : says(
                        run.verdict(),
                        "Whether the runbook finds the fault " + named() + " could not be told; see above why.");
    }

    private String named() {
        return String.join(", ", faults);
    }

    private int recovers(ReportedRuns runs, Engine criteria, Terminal terminal) {
        long healedAt = System.nanoTime();
        var last = new AtomicReference<Run>();
        boolean recovered = terminal.phase(
                "wait for the exit criteria to hold, at most " + RECOVERS_WITHIN.toMinutes() + " min",
                () -> passes(runs, criteria, terminal, last));
        runs.print(last.get());
        var seconds = Duration.ofNanos(System.nanoTime() - healedAt).toSeconds();
        return recovered
                ? says(
                        RunVerdict.PASSED,
                        "The fault was found, and the exit criteria hold " + seconds + " s after it was taken away.")
                : says(
                        RunVerdict.FAILED,
                        "The exit criteria do not hold " + seconds + " s after the fault was taken away.");
    }

    private boolean passes(ReportedRuns runs, Engine criteria, Terminal terminal, AtomicReference<Run> last) {
        try {
            Awaitility.await("the exit criteria to hold")
                    .atMost(RECOVERS_WITHIN)
                    .pollDelay(BETWEEN_RUNS)
                    .pollInterval(BETWEEN_RUNS)
                    .pollInSameThread()
                    .until(() -> {
                        runs.goOnWith(runs.run().next(criteria, Home.features(), output.path(), terminal));
                        runs.run().execute(criteria);
                        last.set(runs.report().soFar());
                        terminal.say("they are " + last.get().verdict().word());
                        return last.get().verdict() == RunVerdict.PASSED;
                    });
            return true;
        } catch (ConditionTimeoutException stillWrong) {
            return false;
        }
    }

    private int says(RunVerdict verdict, String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
        return verdict.exitCode();
    }
}
