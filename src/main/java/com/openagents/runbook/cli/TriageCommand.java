package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Durations;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.triage.Triage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "triage",
        description = "Section 3 on one page: what is most probably wrong, what that rests on, and everything seen.",
        mixinStandardHelpOptions = true)
final class TriageCommand implements Callable<Integer> {
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "The environment to look at (default: ${DEFAULT-VALUE}).")
    private String environment;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "15m",
            description = "How far back to look, for example 30s, 15m, 1h (default: ${DEFAULT-VALUE}).")
    private String since;

    @Option(
            names = "--fault",
            paramLabel = "ID",
            description = "Puts a fault into the replica first; may be repeated; see 'runbook faults'.")
    private List<String> faults = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder in which the page gets a folder of its own (default: target/triage).")
    private Path output = Home.folder().resolve("target/triage");

    @Override
    public Integer call() throws IOException {
        var chosen = Home.environments().find(environment);
        var refusal = chosen.refuses(faults);
        if (refusal.isPresent()) {
            return usage(refusal.get());
        }
        Duration window;
        try {
            window = Durations.parse(since);
        } catch (IllegalArgumentException e) {
            return usage("--since: " + e.getMessage());
        }
        var redactor = Main.redactor(spec);
        var folder = output.resolve(FOLDER.format(Instant.now()));
        var out = spec.commandLine().getOut();
        try (var open = chosen.open(
                redactor,
                new Terminal(spec.commandLine().getErr()),
                faults,
                Needed.underTraffic(
                        SystemName.KUBERNETES, SystemName.DATABASE, SystemName.RUNTIME, SystemName.ALERTMANAGER))) {
            var result = new Triage(chosen.name(), window, chosen.incidentThresholds(), redactor)
                    .into(folder, open::systems);
            out.println();
            out.print(result.text());
            out.println("\nKept: " + folder);
            out.flush();
            return result.complete() ? 0 : ExitCode.NOT_CHECKED;
        }
    }

    private int usage(String problem) {
        spec.commandLine().getErr().println(problem);
        return ExitCode.USAGE;
    }
}
