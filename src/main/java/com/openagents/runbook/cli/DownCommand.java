package com.openagents.runbook.cli;

import com.openagents.runbook.environment.KeptContainers;
import com.openagents.runbook.report.RunVerdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        description = "Ends the replicas in containers that 'runbook up' keeps on this machine, and removes what killed"
                + " runs left in the Docker engine.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean all = KeptContainers.takeDown(new Terminal(spec.commandLine().getErr()));
        var out = spec.commandLine().getOut();
        out.println(all ? "Nothing is kept." : "Something is still kept; end its process and run this again.");
        out.flush();
        return all ? RunVerdict.PASSED.exitCode() : RunVerdict.FAILED.exitCode();
    }
}
