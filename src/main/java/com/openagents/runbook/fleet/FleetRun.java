package com.openagents.runbook.fleet;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs the runbook against several environments, so many at a time, each of them in a process that runs nothing else meanwhile.
 * Where nothing is left of a run in its process, the next one goes on there.
 */
public final class FleetRun implements AutoCloseable {
    private final JavaProgram program;
    private final Path output;
    private final Optional<Duration> patience;
    private final PrintWriter out;
    private final List<Worker> begun = new ArrayList<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * A run that has not begun.
     *
     * @param program takes {@link Orders} to run the runbook
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
        var threads = threads(parallel);
        var readers = threads(parallel);
        try {
            var outcomes = new ArrayList<CompletableFuture<Outcome>>();
            environments.forEach((name, written) -> {
                var member = new MemberRun(name, output.resolve(name), line -> print(name, width, line));
                var words = new ArrayList<>(List.of("run", "--environment", written));
                words.addAll(List.of("--output", output.resolve(name).toString()));
                words.addAll(arguments);
                // While the record of one is read, the next one runs.
                outcomes.add(CompletableFuture.runAsync(() -> run(member, words), threads)
                        .thenApplyAsync(ended -> member.outcome(), readers));
            });
            return outcomes.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
            readers.shutdownNow();
            dismissIdle();
        }
    }

    private static ExecutorService threads(int number) {
        return Executors.newFixedThreadPool(number, work -> {
            var thread = new Thread(work, "fleet");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void run(MemberRun member, List<String> words) {
        try {
            worker().ifPresent(worker -> run(member, worker, words));
        } catch (RuntimeException problem) {
            member.broke(problem);
        }
    }

    private void run(MemberRun member, Worker worker, List<String> words) {
        try {
            member.run(worker, words, patience);
        } finally {
            if (member.isDone() && worker.waits()) {
                giveBack(worker);
            } else {
                worker.dismiss();
            }
        }
    }

    /** Empty if no other run is to begin. */
    private synchronized Optional<Worker> worker() {
        if (closed) {
            return Optional.empty();
        }
        idle.removeIf(worker -> !worker.waits());
        if (idle.isEmpty()) {
            var worker = Worker.start(program);
            begun.add(worker);
            return Optional.of(worker);
        }
        return Optional.of(idle.pop());
    }

    private synchronized void giveBack(Worker worker) {
        idle.push(worker);
    }

    private synchronized void dismissIdle() {
        idle.forEach(Worker::dismiss);
        idle.clear();
    }

    private synchronized void print(String name, int width, String line) {
        out.println(name + " ".repeat(width - name.length()) + " | " + line);
        out.flush();
    }

    /** Asks those that still run to end, which they do with a report of what they know, and begins no other. */
    @Override
    public synchronized void close() {
        closed = true;
        begun.forEach(Worker::end);
    }
}
