package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.publish.Publication;
import com.openagents.runbook.publish.metrics.MetricsFile;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import com.openagents.runbook.run.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whom a run is told to. What goes wrong with it is said, and is no verdict. */
final class Publishing {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE",
            description =
                    "Also writes the metrics of the run here, in the text format of Prometheus; for a collector of"
                            + " text files the name ends with .prom.")
    private Path metricsFile;

    @Option(
            names = "--no-publish",
            description = "Tells nobody: neither the metrics nor what changed, whatever the environment says.")
    private boolean nobody;

    /** Why a run of this selection cannot be told, if so. */
    Optional<String> problem(Environment chosen, Selection selection, KeptHistory history) {
        return tells(selection) ? Publication.problem(chosen, history.folder()) : Optional.empty();
    }

    /** Why runs against several environments cannot be told, if so. */
    Optional<String> problemOfMany() {
        return metricsFile == null
                ? Optional.empty()
                : Optional.of(
                        "--metrics-file is for one environment, of several each would overwrite the file of the one"
                                + " before; every run leaves a metrics.prom in its own folder");
    }

    /** Of a plan there is nothing to tell, and a shard does not know how the others went. */
    private boolean tells(Selection selection) {
        return !nobody && !selection.plan() && selection.shard().equals(Shard.ALL);
    }

    /** @return whether something came into the folder of the run */
    boolean publish(Environment chosen, Selection selection, KeptHistory history, RunbookRun run, Run report) {
        if (metricsFile != null && !selection.plan()) {
            write(report);
        }
        return tells(selection) && tell(chosen, history, run, report);
    }

    private void write(Run report) {
        try {
            MetricsFile.write(report, metricsFile);
        } catch (IOException e) {
            problem("The metrics are not written to " + metricsFile + ": " + History.problem(e));
        }
    }

    private boolean tell(Environment chosen, KeptHistory history, RunbookRun run, Run report) {
        var told = new Publication(chosen, run.redactor()).of(report, run.folder(), history.folder(), Instant.now());
        told.deliveries().forEach(delivery -> {
            if (delivery.delivered()) {
                spec.commandLine().getOut().println(delivery.line());
            } else {
                problem(delivery.line());
            }
        });
        told.problems().forEach(this::problem);
        spec.commandLine().getOut().flush();
        return !told.deliveries().isEmpty();
    }

    private void problem(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
