package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Faults;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "faults",
        description = "Lists the faults that can be put into the replica, to see a check fail.",
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var table = new Table("FAULT", "WHAT IT DOES");
        Faults.all().forEach(fault -> table.row(fault.id(), fault.description()));
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
