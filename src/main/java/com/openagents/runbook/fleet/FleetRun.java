package com.openagents.runbook.fleet;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Runs the runbook against several environments, so many at a time, each in a process of its own. */
public final class FleetRun implements AutoCloseable {
    private final JavaProgram program;
    private final Path output;
    private final Optional<Duration> patience;
    private final PrintWriter out;
    private final List<MemberRun> begun = new ArrayList<>();
    private boolean closed;

    /**
     * A run that has not begun.
     *
     * @param program the command line of the runbook
     * @param output in which each environment gets a folder of its own
     * @param patience after which a process that still runs is killed; empty if it may take any time
     * @param out where the lines of all go, each behind the name of its environment
     */
    public FleetRun(JavaProgram program, Path output, Optional<Duration> patience, PrintWriter out) {
        this.program = program;
        this.output = output;
        this.patience = patience;
        this.out = out;
    }

    /**
     * Runs against each environment and waits for all.
     *
     * @param environments their names, and what each is told as {@code --environment}
     * @param arguments what each run is told besides
     * @return how each ended, in the same order
     */
    public List<Outcome> run(Map<String, String> environments, List<String> arguments, int parallel) {
        int width =
                environments.keySet().stream().mapToInt(String::length).max().orElse(0);
        var workers = Executors.newFixedThreadPool(parallel, work -> {
            var thread = new Thread(work, "fleet");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var outcomes = new ArrayList<CompletableFuture<Outcome>>();
            environments.forEach((name, written) -> {
                var member = new MemberRun(name, output.resolve(name), line -> print(name, width, line));
                var words = new ArrayList<>(List.of("run", "--environment", written));
                words.addAll(List.of("--output", output.resolve(name).toString()));
                words.addAll(arguments);
                outcomes.add(CompletableFuture.supplyAsync(() -> outcome(member, words), workers));
            });
            return outcomes.stream().map(CompletableFuture::join).toList();
        } finally {
            workers.shutdownNow();
        }
    }

    private Outcome outcome(MemberRun member, List<String> words) {
        try {
            synchronized (this) {
                if (closed) {
                    return member.notBegun();
                }
                member.begin(program.command(words));
                begun.add(member);
            }
            return member.await(patience);
        } catch (RuntimeException problem) {
            return member.broke(problem);
        }
    }

    private synchronized void print(String name, int width, String line) {
        out.println(name + " ".repeat(width - name.length()) + " | " + line);
        out.flush();
    }

    /** Asks those that still run to end, which they do with a report of what they know, and begins no other. */
    @Override
    public synchronized void close() {
        closed = true;
        begun.forEach(MemberRun::end);
    }
}
