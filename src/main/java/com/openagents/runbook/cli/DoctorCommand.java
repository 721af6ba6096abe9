package com.openagents.runbook.cli;

import com.openagents.runbook.system.Needed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Asks each system of an environment what it is, and says what does not answer.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "The environment to ask (default: ${DEFAULT-VALUE}).")
    private String environment;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var terminal = new Terminal(spec.commandLine().getErr());
        boolean all = true;
        try (var open = Home.environments()
                .find(environment)
                .open(Main.redactor(spec), terminal, List.of(), Needed.everything())) {
            for (var identity : open.identities()) {
                out.println(identity.system());
                identity.facts().forEach((fact, value) -> out.println("  " + fact + ": " + value));
                all &= identity.answers();
            }
        }
        out.flush();
        return all ? 0 : ExitCode.NOT_CHECKED;
    }
}
