package com.openagents.runbook.cli;

import com.openagents.runbook.compliance.Compliance;
import com.openagents.runbook.environment.FleetShares;
import com.openagents.runbook.environment.ScheduledRun;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "schedule",
        description = "Prints what makes the cluster of an environment run the runbook by itself, for kubectl apply.",
        mixinStandardHelpOptions = true)
final class ScheduleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Where where;

    private static final class Where {
        @Option(
                names = {"-e", "--environment"},
                paramLabel = "NAME",
                description = "The environment whose cluster runs it, by name or by the path of its YAML file.")
        private String environment;

        @Option(
                names = "--fleet",
                paramLabel = "LIST",
                description = "Many environments, with commas between or as a glob, that one cluster runs in shares.")
        private String fleet;
    }

    @Option(
            names = "--shares",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of a fleet: so many pods, each of which takes its share (default: ${DEFAULT-VALUE}).")
    private int shares;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of a fleet: so many environments at a time in each pod (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "runbook",
            description = "Of a fleet: the namespace of the pods (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(
            names = "--kubeconfig-secret",
            paramLabel = "NAME",
            defaultValue = "runbook-clusters",
            description = "Of a fleet: the Secret whose key 'config' is a kubeconfig with the contexts of all"
                    + " (default: ${DEFAULT-VALUE}).")
    private String kubeconfig;

    @Mixin
    private ChosenScenarios scenarios;

    @Option(
            names = "--every",
            paramLabel = "CRON",
            defaultValue = "*/10 * * * *",
            description = "When, as the five fields of cron (default: ${DEFAULT-VALUE}).")
    private String every;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image of the runbook (default: openagents/runbook with the version of this one).")
    private String image = "openagents/runbook:" + Suite.version();

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "How long a run may take (default: ${DEFAULT-VALUE}).")
    private String deadline;

    @Option(
            names = "--history-volume",
            paramLabel = "SIZE",
            description = "A volume of this size, for example 2Gi, keeps records; without one they go with the pod.")
    private Optional<String> volume = Optional.empty();

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            defaultValue = "runbook-secrets",
            description = "The Secret with the variables that the environment refers to (default: ${DEFAULT-VALUE}).")
    private String secret;

    @Parameters(
            paramLabel = "ARGUMENT",
            description = "After --: what else each run is told, as 'runbook run' takes it.")
    private List<String> more = List.of();

    @Override
    public Integer call() {
        var run = run();
        var told = RunCommand.parse(told(run));
        var engine = new Engine(Home.features(), told.selection());
        var problem = ChosenScenarios.problem("--tags", engine)
                .or(() -> drills(engine))
                .or(told::problemOfSchedule);
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.USAGE;
        }
        spec.commandLine().getOut().print(printed(run, engine));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** What a pod will be told, with other places to look, so that an option that is there twice shows now. */
    private List<String> told(ScheduledRun run) {
        var words = new ArrayList<String>();
        words.addAll(
                where.fleet == null
                        ? List.of("--environment", "one")
                        : List.of("--environment", "one,another", "--share", "0/1", "--parallel", "1"));
        words.addAll(run.told());
        return words;
    }

    private String printed(ScheduledRun run, Engine engine) {
        var environments = Home.environments();
        var first = environments
                .named(where.fleet == null ? where.environment : where.fleet)
                .values();
        // What is wrong with the waivers would be told by every run, and by nobody now.
        Compliance.of(Home.features(), environments.find(first.iterator().next()));
        return where.fleet == null
                ? environments.find(where.environment).schedule(run, engine.needs())
                : environments.schedule(where.fleet, run, new FleetShares(shares, parallel, namespace, kubeconfig));
    }

    private static Optional<String> drills(Engine engine) {
        return engine.hasDrills()
                ? Optional.of(
                        "A scheduled run only looks: --tags selects drills (or --plan does), which a person confirms")
                : Optional.empty();
    }

    private ScheduledRun run() {
        var arguments = new ArrayList<>(scenarios.arguments());
        arguments.addAll(more);
        return new ScheduledRun(every, image, deadline, volume, secret, arguments);
    }
}
