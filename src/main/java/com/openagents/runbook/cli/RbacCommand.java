package com.openagents.runbook.cli;

import com.openagents.runbook.run.Engine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rbac",
        description =
                "Prints a ServiceAccount with exactly the permissions that the selected scenarios need, for kubectl apply:"
                        + " a Role for checks, and one more for drills where --tags names @drill.",
        mixinStandardHelpOptions = true)
final class RbacCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedEnvironment environment;

    @Mixin
    private ChosenScenarios scenarios;

    @Override
    public Integer call() {
        var chosen = environment.find();
        var engine = new Engine(Home.features(), scenarios.selection(List.of()));
        var problem = ChosenScenarios.problem("--tags", engine);
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.USAGE;
        }
        spec.commandLine().getOut().print(chosen.leastRole(engine.needs()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
