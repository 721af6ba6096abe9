package com.openagents.runbook.cli;

import com.openagents.runbook.environment.KeptContainers;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.safety.Recovery;
import com.openagents.runbook.system.Needed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "recover",
        description =
                "Puts back what a killed drill left changed, from the journal that it left in the namespace. May be run"
                        + " from any machine, and again.",
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedEnvironment environment;

    @Override
    public Integer call() {
        var chosen = environment.find();
        if (chosen.goesWithItsRun()) {
            spec.commandLine().getErr().println("A replica goes with its run: there is nothing to recover.");
            return ExitCode.USAGE;
        }
        if (chosen.kind().equals("containers") && !KeptContainers.isKept(chosen.name())) {
            spec.commandLine()
                    .getErr()
                    .println("No replica of '" + chosen.name() + "' is kept: there is nothing to recover.");
            return ExitCode.USAGE;
        }
        var terminal = new Terminal(spec.commandLine().getErr());
        try (var open = chosen.open(Main.redactor(spec), terminal, List.of(), Needed.nothing())) {
            var holder = System.getProperty("user.name") + ", recover";
            return show(new Recovery(open.ground(), terminal::say).run(holder));
        }
    }

    private int show(Recovery.Report report) {
        var out = spec.commandLine().getOut();
        report.undone().forEach(undone -> out.println("done: " + undone));
        report.problems().forEach(problem -> out.println("NOT done: " + problem));
        if (!report.problems().isEmpty()) {
            out.println(
                    "Not everything is back; what is not stays in the journal. Mend it by hand and run this again.");
        } else if (report.undone().isEmpty()) {
            out.println("There was nothing to put back, and the runtime is steady.");
        } else {
            out.println("Everything is back, and the runtime is steady.");
        }
        out.flush();
        return report.problems().isEmpty() ? RunVerdict.PASSED.exitCode() : RunVerdict.FAILED.exitCode();
    }
}
