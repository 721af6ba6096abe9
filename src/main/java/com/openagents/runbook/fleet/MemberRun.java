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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The run against one environment of a fleet. */
final class MemberRun {
    private static final String REPORTED = "Report: ";

    private final String environment;
    private final Path output;
    private final Consumer<String> terminal;
    private Set<Path> before = Set.of();
    private Process process;
    private Thread reader;
    private volatile Optional<Path> reported = Optional.empty();

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

    void begin(List<String> command) {
        before = runs();
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("no process can be started: " + e.getMessage(), e);
        }
        reader = new Thread(this::read, "output of " + environment);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(REPORTED)) {
                    reported = Optional.of(
                            Path.of(line.substring(REPORTED.length())).getParent());
                }
                terminal.accept(line);
            }
        } catch (IOException e) {
            terminal.accept("what it says cannot be read any more: " + e.getMessage());
        }
    }

    /** Waits for its end; one that outlives the patience is killed, and reported from its record. */
    Outcome await(Optional<Duration> patience) {
        try {
            if (patience.isEmpty()) {
                process.waitFor();
            } else if (!process.waitFor(patience.get().toMillis(), TimeUnit.MILLISECONDS)) {
                terminal.accept("It does not end by itself and is killed");
                process.destroyForcibly().waitFor();
            }
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notBegun();
        }
        var folder = reported.or(this::newest);
        return new Outcome(environment, process.exitValue(), folder.flatMap(this::record), folder);
    }

    Outcome notBegun() {
        return new Outcome(environment, RunVerdict.ABORTED.exitCode(), Optional.empty(), Optional.empty());
    }

    /** That something is wrong with one is no reason not to run the others. */
    Outcome broke(RuntimeException problem) {
        terminal.accept("It could not be run: " + problem.getMessage());
        boolean ended = process != null && !process.isAlive();
        int exitCode = ended ? process.exitValue() : RunVerdict.INCOMPLETE.exitCode();
        return new Outcome(environment, exitCode, Optional.empty(), Optional.empty());
    }

    /** Asks it to end; what it says then is still read, which a process that is destroyed cannot be. */
    void end() {
        process.toHandle().destroy();
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
