package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Durations;
import com.openagents.runbook.fleet.FleetRun;
import com.openagents.runbook.fleet.JavaProgram;
import com.openagents.runbook.fleet.Outcome;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One command over many environments. */
final class ManyEnvironments {
    private static final Set<String> OF_ALL = Set.of("--environment", "--output", "--parallel", "--share");

    /** How much longer than its deadline a run may take to end by itself. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Longer than a run takes to put away what is open and to report; less than a pod is given to end. */
    private static final Duration REPORTED = Duration.ofSeconds(45);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Of many environments, so many at a time (default: one for each processor).")
    private int parallel = Runtime.getRuntime().availableProcessors();

    private Optional<Share> share = Optional.empty();

    @Option(
            names = "--share",
            paramLabel = "I/N",
            description = "Of many environments in the order of their names, the share I of N, counted from 0.")
    private void set(String text) {
        share = Optional.of(Share.parse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--share: expected the number of a share from 0 and how many there are,"
                                + " for example 0/10, seen '" + text + "'")));
    }

    /** Every N-th environment, from the I-th on. */
    private record Share(int index, int of) {
        static Optional<Share> parse(String text) {
            if (!text.matches("[0-9]{1,6}/[1-9][0-9]{0,5}")) {
                return Optional.empty();
            }
            var parts = text.split("/");
            var share = new Share(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            return share.index() < share.of() ? Optional.of(share) : Optional.empty();
        }

        boolean has(int position) {
            return position % of == index;
        }
    }

    /** Whether the text names more than one environment. */
    boolean are(String environments) {
        return share.isPresent() || environments.matches(".*[,*?\\[{].*");
    }

    /**
     * Runs against each, prints one table, and answers with the exit code of the worst.
     *
     * @param limit the deadline of each run, as it was given; empty if there is none
     */
    int run(String environments, Path output, String limit) {
        if (parallel < 1) {
            throw new ParameterException(spec.commandLine(), "--parallel: expected at least 1, seen " + parallel);
        }
        var mine = mine(environments);
        var out = spec.commandLine().getOut();
        out.println(
                "Running against " + mine.size() + " environments, " + Math.min(parallel, mine.size()) + " at a time");
        out.flush();
        var patience = limit.isEmpty()
                ? Optional.<Duration>empty()
                : Optional.of(Durations.parse(limit).plus(GRACE));
        var fleet = new FleetRun(new JavaProgram(RunsInTurn.class.getName()), output, patience, out);
        var printed = new CountDownLatch(1);
        var interruption = new Thread(() -> interrupted(fleet, printed), "interruption");
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            var outcomes = fleet.run(mine, arguments(), parallel);
            print(outcomes);
            return Outcome.exitCode(outcomes);
        } finally {
            printed.countDown();
            removed(interruption);
        }
    }

    /** Ctrl-C or SIGTERM: where this is the first process of a container, those that it began end with it. */
    private void interrupted(FleetRun fleet, CountDownLatch printed) {
        try {
            fleet.close();
            if (!printed.await(REPORTED.toMillis(), TimeUnit.MILLISECONDS)) {
                spec.commandLine()
                        .getErr()
                        .println("Not every run ended within " + REPORTED.toSeconds()
                                + " s; the next one reports those that are left");
                spec.commandLine().getErr().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    /** Where it is under way already, it ends the program. */
    private static void removed(Thread interruption) {
        try {
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (IllegalStateException e) {
            ReportedRuns.awaitHalt(interruption);
        }
    }

    /** All are read before any is opened. */
    private Map<String, String> mine(String environments) {
        var all = Home.environments().named(environments);
        var mine = new LinkedHashMap<String, String>();
        int position = 0;
        for (var entry : all.entrySet()) {
            int at = position++;
            Home.environments().find(entry.getValue());
            if (share.isEmpty() || share.get().has(at)) {
                mine.put(entry.getKey(), entry.getValue());
            }
        }
        return mine;
    }

    private List<String> arguments() {
        var arguments = new ArrayList<String>();
        for (var option : spec.commandLine().getParseResult().matchedOptions()) {
            if (OF_ALL.contains(option.longestName())) {
                continue;
            }
            if (option.typeInfo().isBoolean()) {
                arguments.add(option.longestName());
            } else {
                option.originalStringValues().forEach(value -> arguments.addAll(List.of(option.longestName(), value)));
            }
        }
        return arguments;
    }

    private void print(List<Outcome> outcomes) {
        var table = new Table("ENVIRONMENT", "VERDICT", "SCENARIOS", "TOOK", "REPORT");
        outcomes.forEach(outcome -> table.row(
                outcome.environment(),
                outcome.verdict(),
                outcome.run().map(run -> run.tally().text()).orElse(""),
                outcome.run().map(Run::took).map(Times::took).orElse(""),
                outcome.folder()
                        .map(folder -> folder.resolve(ReportWriter.HTML).toString())
                        .orElse("")));
        var out = spec.commandLine().getOut();
        out.println();
        out.print(table);
        out.flush();
    }
}
