package com.openagents.runbook.fleet;

import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.report.attestation.AttestedReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The run against one environment of a fleet. */
final class MemberRun {
    private static final String REPORTED = "Report: ";

    /** What is cut short may still go on somewhere, unheeded. */
    private static final Set<Integer> DONE =
            Set.of(RunVerdict.PASSED.exitCode(), RunVerdict.FAILED.exitCode(), RunVerdict.INCOMPLETE.exitCode());

    private final String environment;
    private final Path output;
    private final Consumer<String> terminal;
    private volatile Optional<Path> reported = Optional.empty();
    private Optional<Integer> exitCode = Optional.empty();

    /**
     * A run that has not begun.
     *
     * @param output where its records go, and nobody else's
     * @param terminal takes what it says, line by line
     */
    MemberRun(String environment, Path output, Consumer<String> terminal) {
        this.environment = environment;
        this.output = output;
        this.terminal = terminal;
    }

    /** Runs to the end; one that outlives the patience is killed with its process, and reported from its record. */
    Outcome run(Worker worker, List<String> words, Optional<Duration> patience) {
        var before = runs();
        try {
            exitCode = Optional.of(await(worker.run(words, this::hear), worker, patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notBegun();
        }
        var folder = reported.or(() -> newest(before));
        return new Outcome(environment, exitCode.orElseThrow(), folder.flatMap(this::record), folder);
    }

    /** Whether it came to its end and its report, so that nothing of it is left in its process. */
    boolean isDone() {
        return reported.isPresent() && exitCode.filter(DONE::contains).isPresent();
    }

    private int await(CompletableFuture<Integer> end, Worker worker, Optional<Duration> patience)
            throws InterruptedException {
        try {
            return patience.isEmpty() ? end.get() : end.get(patience.get().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            terminal.accept("It does not end by itself and is killed");
            worker.kill();
            return end.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void hear(String line) {
        if (line.startsWith(REPORTED)) {
            reported = Optional.of(Path.of(line.substring(REPORTED.length())).getParent());
        }
        terminal.accept(line);
    }

    Outcome notBegun() {
        return new Outcome(environment, RunVerdict.ABORTED.exitCode(), Optional.empty(), Optional.empty());
    }

    /** That something is wrong with one is no reason not to run the others. */
    Outcome broke(RuntimeException problem) {
        terminal.accept("It could not be run: " + problem.getMessage());
        int known = exitCode.orElse(RunVerdict.INCOMPLETE.exitCode());
        return new Outcome(environment, known, Optional.empty(), Optional.empty());
    }

    /** Where the process did not come to write its report, it is written now. */
    private Optional<Run> record(Path folder) {
        try {
            var run = RunRecord.read(folder);
            if (!Files.exists(folder.resolve(ReportWriter.HTML))) {
                AttestedReport.write(run, folder, Optional.empty());
            }
            return Optional.of(run);
        } catch (IOException e) {
            terminal.accept("Its record cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Path> newest(Set<Path> before) {
        return runs().stream().filter(run -> !before.contains(run)).max(Comparator.naturalOrder());
    }

    private Set<Path> runs() {
        if (!Files.isDirectory(output)) {
            return Set.of();
        }
        try (var folders = Files.list(output)) {
            return folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("its records cannot be listed: " + e.getMessage(), e);
        }
    }
}
