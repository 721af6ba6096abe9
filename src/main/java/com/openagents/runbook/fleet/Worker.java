package com.openagents.runbook.fleet;

import com.openagents.runbook.fleet.Orders.Order;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A process that runs the runbook against one environment after the other. A program that has just started takes several
 * times as long for the same run as one that has run before.
 */
final class Worker {
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader said;
    private volatile boolean waits = true;

    private Worker(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.said = process.inputReader();
    }

    static Worker start(JavaProgram program) {
        try {
            return new Worker(new ProcessBuilder(program.command())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("no process can be started: " + e.getMessage(), e);
        }
    }

    /**
     * Begins a run; the one before it has ended.
     *
     * @param terminal takes what it says, line by line
     * @return its exit code; where the process ends with it, that of the process
     */
    CompletableFuture<Integer> run(List<String> words, Consumer<String> terminal) {
        waits = false;
        var order = Orders.order(words);
        var end = new CompletableFuture<Integer>();
        var reader = new Thread(() -> read(order, terminal, end), "output of a run");
        reader.setDaemon(true);
        reader.start();
        try {
            orders.write(order.line());
            orders.newLine();
            orders.flush();
        } catch (IOException ended) {
            // Then there is nothing more to read either, and the reader says how it ended.
            process.destroy();
        }
        return end;
    }

    private void read(Order order, Consumer<String> terminal, CompletableFuture<Integer> end) {
        try {
            end.complete(read(order, terminal));
        } catch (RuntimeException problem) {
            end();
            end.completeExceptionally(problem);
        }
    }

    private int read(Order order, Consumer<String> terminal) {
        try {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                var exitCode = order.exitCode(line);
                if (exitCode.isPresent()) {
                    waits = true;
                    return exitCode.get();
                }
                terminal.accept(line);
            }
        } catch (IOException e) {
            terminal.accept("what it says cannot be read any more: " + e.getMessage());
        }
        return process.onExit().join().exitValue();
    }

    /** Whether it waits for something to run. */
    boolean waits() {
        return waits && process.isAlive();
    }

    /** Ends when what it does is done, for it is told no more. */
    void dismiss() {
        try {
            orders.close();
        } catch (IOException ended) {
            process.destroy();
        }
    }

    /** Asks it to end now; what it says then is still read, which a process that is destroyed cannot be. */
    void end() {
        process.toHandle().destroy();
    }

    void kill() {
        process.toHandle().destroyForcibly();
    }
}
