package com.openagents.runbook.cli;

import com.openagents.runbook.publish.metrics.MetricsFile;
import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.MergedRecord;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.Text;
import com.openagents.runbook.report.attestation.AttestedReport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = {
            "Renders the report of a run again from its record; of several runs, such as shards, one report of all.",
            "Asks no system. The exit code is the verdict's, as that of the run was."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    /** A folder is called by it, and whoever made the record chose it. */
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "The id of a run, 'latest', or the path of a run's folder.")
    private List<String> names = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder in which ids are looked up and in which the report of several runs gets a folder"
                    + " (default: target/runbook). A single run that is not in it is copied there and rendered there.")
    private Path output;

    @Mixin
    private Exports exports;

    @Override
    public Integer call() throws IOException {
        var sources = new ArrayList<MergedRecord.Source>();
        for (var name : names) {
            var folder = new KnownRuns(output()).find(name);
            sources.add(new MergedRecord.Source(RunRecord.read(folder), folder));
        }
        var refusal = MergedRecord.refuses(
                sources.stream().map(MergedRecord.Source::run).toList());
        if (refusal.isPresent()) {
            throw new UsageProblem(refusal.get());
        }
        var folder = sources.size() == 1 ? single(sources.get(0)) : merged(sources);
        var run = RunRecord.read(folder);
        exports.write(run, folder);
        MetricsFile.write(run, folder.resolve(MetricsFile.FILE));
        AttestedReport.write(run, folder, Optional.empty());
        print(run, folder);
        return run.verdict().exitCode();
    }

    private Path output() {
        return output == null ? Home.output() : output;
    }

    /** In its own folder, unless another one is asked for. */
    private Path single(MergedRecord.Source source) throws IOException {
        var folder = source.folder();
        if (output == null || (Files.exists(output) && folder.startsWith(output.toRealPath()))) {
            if (source.run().provenance().signed()) {
                throw new UsageProblem(
                        "The run " + folder.getFileName() + " is signed, and what is written into its"
                                + " folder now would not be; give another folder with --output, for a copy that is not signed.");
            }
            return folder;
        }
        var copy = create(folder.getFileName().toString());
        Files.copy(folder.resolve(RunRecord.FILE), copy.resolve(RunRecord.FILE));
        return copy;
    }

    private Path merged(List<MergedRecord.Source> sources) throws IOException {
        var first = sources.stream()
                .map(MergedRecord.Source::run)
                .min(Comparator.comparing((Run run) -> run.started().orElse(Instant.MAX))
                        .thenComparing(run -> run.facts().runId()))
                .orElseThrow();
        var id = first.facts().runId();
        if (!RUN_ID.matcher(id).matches()) {
            throw new UsageProblem("A run that calls itself '" + Text.visible(id) + "' cannot be merged: no folder is"
                    + " called so.");
        }
        var folder = create(id.replaceFirst("(-merged(-\\d+)?)?$", "-merged"));
        MergedRecord.write(folder.getFileName().toString(), sources, folder);
        return folder;
    }

    /** A folder that was not there before. */
    private Path create(String id) throws IOException {
        Files.createDirectories(output());
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(output().resolve(i == 1 ? id : id + "-" + i));
            } catch (FileAlreadyExistsException e) {
                // It was rendered or merged before.
            }
        }
    }

    private void print(Run run, Path folder) {
        var out = spec.commandLine().getOut();
        boolean colours = spec.commandLine().getColorScheme().ansi() == Ansi.ON;
        out.print(new ConsoleSummary(colours).of(run));
        out.println("Report: " + folder.resolve(ReportWriter.HTML));
        out.flush();
    }
}
