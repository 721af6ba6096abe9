package com.openagents.runbook.replica.cluster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The process of a container. It cannot outlive this program: it holds the reading end of a pipe whose other end is
 * ours, and it, or a guard around it, ends when the pipe does. It has a session of its own where {@code setsid} exists,
 * so that Ctrl-C in a terminal does not reach it.
 */
final class ContainerProcess {
    private static final String IN_OWN_SESSION =
            "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";
    /** Passes SIGTERM on, and kills the program as soon as standard input ends. */
    private static final String GUARDED = """
            exec 3<&0
            "$@" 3<&- </dev/null &
            child=$!
            trap 'kill -TERM "$child" 2>/dev/null' TERM
            (trap '' TERM; cat <&3 >/dev/null; kill -KILL "$child") >/dev/null 2>&1 3<&3 &
            guard=$!
            exec 3<&-
            while wait "$child"; code=$?; kill -0 "$child" 2>/dev/null; do :; done
            kill -KILL "$guard" 2>/dev/null
            exit $code
            """;

    private static final long PAGE_BYTES = 4096;

    /** To find the children of a process, every process of the machine is read. */
    private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Process process;
    private List<ProcessHandle> known = List.of();
    private long knownSince;

    private ContainerProcess(Process process) {
        this.process = process;
    }

    static ContainerProcess start(
            List<String> commandLine,
            boolean guarded,
            Map<String, String> environment,
            Path directory,
            ContainerLog log,
            Executor threads,
            IntConsumer ended)
            throws IOException {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", IN_OWN_SESSION, "session"));
        if (guarded) {
            words.addAll(List.of("/bin/sh", "-c", GUARDED, "guard"));
        }
        words.addAll(commandLine);
        var builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        var out = CompletableFuture.runAsync(() -> log.copy("stdout", process.getInputStream()), threads);
        var err = CompletableFuture.runAsync(() -> log.copy("stderr", process.getErrorStream()), threads);
        process.onExit()
                .thenAcceptAsync(
                        dead -> {
                            closeInput(dead);
                            if (guarded) {
                                endHeirs(dead);
                            }
                            // What the program said last belongs to the log before its end is known; a stray heir may
                            // hold on.
                            CompletableFuture.allOf(out, err)
                                    .completeOnTimeout(null, 1, TimeUnit.SECONDS)
                                    .join();
                            ended.accept(dead.exitValue());
                        },
                        threads);
        return new ContainerProcess(process);
    }

    /** With the first process of a container all others end, also those that nobody can find as its children any more. */
    private static void endHeirs(Process leader) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -KILL \"-$0\"", String.valueOf(leader.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .completeOnTimeout(null, 1, TimeUnit.SECONDS)
                    .join();
        } catch (IOException impossible) {
            return;
        }
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException closed) {
            // The pipe is closed, which is what was wanted.
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks the process to end. Not by its {@link Process}, which would close its input and output with the same call. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends the process and all that it started, at once. */
    void kill() {
        var all = everyone().toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** After {@link #kill}: waits until nothing is left, which takes no longer than the system needs. */
    void awaitEnd() {
        process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join();
    }

    Duration cpu() {
        return knownLately().stream()
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Resident memory in bytes; 0 where the system does not say. */
    long residentBytes() {
        return knownLately().stream().mapToLong(ContainerProcess::residentBytes).sum();
    }

    private static long residentBytes(ProcessHandle handle) {
        try {
            var pages = Files.readString(Path.of("/proc/" + handle.pid() + "/statm"))
                    .split(" ");
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException | RuntimeException gone) {
            return 0;
        }
    }

    /** For what is asked several times a second; who has just been started is seen three seconds later. */
    private synchronized List<ProcessHandle> knownLately() {
        long now = System.nanoTime();
        if (known.isEmpty() || now - knownSince > KNOWN_NANOS) {
            known = everyone().toList();
            knownSince = now;
        }
        return known;
    }

    private Stream<ProcessHandle> everyone() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }
}
