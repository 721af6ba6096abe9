package com.openagents.runbook.cli;

import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.safety.SchemaRollbackRequest;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.SystemName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "schema-rollback",
        description =
                "Looks whether a schema rollback is ready for a person to do it: an explicit migration, and a backup that"
                        + " somebody confirms. Says which migrations it takes back, and shows the command. Changes nothing.",
        mixinStandardHelpOptions = true)
final class SchemaRollbackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedEnvironment environment;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            required = true,
            description = "The migration to take back; every newer one goes with it.")
    private long version;

    @Option(
            names = "--backup",
            paramLabel = "INSTANT",
            required = true,
            description = "When the backup was made that was seen to be restorable, in UTC, for example"
                    + " 2026-02-21T13:00:00Z.")
    private Instant backup;

    @Override
    public Integer call() {
        var terminal = new Terminal(spec.commandLine().getErr());
        var needed = new Needed(Set.of(SystemName.DATABASE), false);
        try (var open = environment.find().open(Main.redactor(spec), terminal, List.of(), needed)) {
            return show(SchemaRollbackRequest.of(open.systems(unseen -> {}), version, backup));
        }
    }

    private int show(SchemaRollbackRequest request) {
        var out = spec.commandLine().getOut();
        out.println();
        var problems = request.problems();
        problems.forEach(out::println);
        (problems.isEmpty() ? request.plan() : List.of("Nothing was changed.")).forEach(out::println);
        out.flush();
        return problems.isEmpty() ? RunVerdict.PASSED.exitCode() : RunVerdict.FAILED.exitCode();
    }
}
