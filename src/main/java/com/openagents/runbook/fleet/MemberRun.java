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
    private Set<Path> before = Set.of();
    private Optional<Integer> exitCode = Optional.empty();
    private boolean broken;

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

    /** Runs to the end; one that outlives the patience is killed with its process. */
    void run(Worker worker, List<String> words, Optional<Duration> patience) {
        before = runs();
        try {
            int code = await(worker.run(words, this::hear), worker, patience);
            exitCode = Optional.of(code);
            if (reported.isEmpty()) {
                terminal.accept("It ended without a report, with exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it came to its end and its report, so that nothing of it is left in its process. */
    boolean isDone() {
        return reported.isPresent() && exitCode.filter(DONE::contains).isPresent();
    }

    /** How it ended, as its record says; one that did not begin counts as aborted. */
    Outcome outcome() {
        if (broken || exitCode.isEmpty()) {
            return withoutRecord();
        }
        try {
            var folder = reported.or(this::newest);
            return new Outcome(environment, exitCode.get(), folder.flatMap(this::record), folder);
        } catch (RuntimeException problem) {
            broke(problem);
            return withoutRecord();
        }
    }

    private Outcome withoutRecord() {
        int known = exitCode.orElse(RunVerdict.ABORTED.exitCode());
        return new Outcome(environment, known, Optional.empty(), Optional.empty());
    }

    /** That something is wrong with one is no reason not to run the others. */
    void broke(RuntimeException problem) {
        terminal.accept("It could not be run: " + problem.getMessage());
        broken = true;
        exitCode = exitCode.or(() -> Optional.of(RunVerdict.INCOMPLETE.exitCode()));
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
            throw new IllegalStateException(
                    "what it says cannot be understood: " + e.getCause().getMessage(), e);
        }
    }

    private void hear(String line) {
        if (line.startsWith(REPORTED)) {
            reported = Optional.of(Path.of(line.substring(REPORTED.length())).getParent());
        }
        terminal.accept(line);
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

    private Optional<Path> newest() {
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
