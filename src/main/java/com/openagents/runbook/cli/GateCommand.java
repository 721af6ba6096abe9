package com.openagents.runbook.cli;

import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.safety.GateResult;
import com.openagents.runbook.safety.PostDeployGate;
import com.openagents.runbook.system.Needed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "gate",
        description =
                "Runs the post-deploy gate: the migration, then the smoke check, as Jobs with the given image. Shows"
                        + " what each wrote, also when it fails, and keeps the result for the daily checks.",
        mixinStandardHelpOptions = true)
final class GateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedEnvironment environment;

    @Option(names = "--image", paramLabel = "IMAGE", required = true, description = "The image that was deployed.")
    private String image;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The name of a live environment.")
    private String confirmed;

    @Override
    public Integer call() {
        var chosen = environment.find();
        var forbidden = chosen.forbids("gate", confirmed);
        if (forbidden.isPresent()) {
            spec.commandLine().getErr().println(forbidden.get());
            return ExitCode.USAGE;
        }
        var terminal = new Terminal(spec.commandLine().getErr());
        try (var open = chosen.open(Main.redactor(spec), terminal, List.of(), Needed.nothing())) {
            return show(new PostDeployGate(open.ground(), terminal::say).run(image));
        }
    }

    private int show(GateResult result) {
        var out = spec.commandLine().getOut();
        out.println();
        result.lines().forEach(out::println);
        out.println();
        out.println(result.passed() ? "The gate passed with " + image : "The gate did not pass with " + image);
        out.flush();
        return result.passed() ? RunVerdict.PASSED.exitCode() : RunVerdict.FAILED.exitCode();
    }
}
