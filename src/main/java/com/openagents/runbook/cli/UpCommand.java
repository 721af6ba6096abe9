package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.environment.OpenEnvironment;
import com.openagents.runbook.evidence.Redactor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Starts a replica and keeps it until Ctrl-C or 'runbook down', so that the runbook's own"
                + " commands can be tried by hand.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "An environment of kind embedded or containers (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--fault",
            paramLabel = "ID",
            description = "Puts a fault into the replica; may be repeated; see 'runbook faults'.")
    private List<String> faults = List.of();

    @Override
    public Integer call() throws InterruptedException {
        var environment = Home.environments().find(name);
        var refusal = environment.refuses(faults).or(() -> noReplica(environment));
        if (refusal.isPresent()) {
            spec.commandLine().getErr().println(refusal.get());
            return ExitCode.USAGE;
        }
        var ended = new CountDownLatch(1);
        var opened = new AtomicReference<OpenEnvironment>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(environment, opened.get(), ended), "interruption"));
        var open =
                environment.keep(new Redactor(), new Terminal(spec.commandLine().getErr()), faults);
        opened.set(open);
        var out = spec.commandLine().getOut();
        out.println();
        open.access().forEach(line -> out.println(line));
        out.println();
        out.println("Ctrl-C ends it.");
        out.flush();
        ended.await();
        return 0;
    }

    private static Optional<String> noReplica(Environment environment) {
        return environment.kind().equals("live")
                ? Optional.of("There is nothing to start in " + environment.name()
                        + ", which is live; ./runbook doctor --environment " + environment.name()
                        + " says what answers there")
                : Optional.empty();
    }

    private static void close(Environment environment, OpenEnvironment open, CountDownLatch ended) {
        if (open == null) {
            environment.abandon();
        } else {
            open.close();
        }
        ended.countDown();
    }
}
