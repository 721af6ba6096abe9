package com.openagents.runbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "environments",
        description = "Lists the environments that the runbook can run against.",
        mixinStandardHelpOptions = true)
final class EnvironmentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var table = new Table("NAME", "KIND", "DESCRIPTION");
        Home.environments().list().forEach(entry -> table.row(entry.name(), entry.kind(), entry.description()));
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
