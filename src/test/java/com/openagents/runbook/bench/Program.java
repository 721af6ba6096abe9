package com.openagents.runbook.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of this class path that is run in a process of its own, started as {@code ./runbook} starts. */
final class Program {
    private static final int MINUTES = 3;

    private final Class<?> main;

    Program(Class<?> main) {
        this.main = main;
    }

    /** @param millis from the start of the process to its end */
    record Ended(int exitCode, String output, long millis) {}

    /** Runs it once in a heap of this size, for example {@code 256m}. */
    Ended run(String heap, String... arguments) throws IOException, InterruptedException {
        var ended = start(heap, arguments);
        if (ended.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " did not work: " + ended.output());
        }
        return ended;
    }

    /** Whether it comes to its end in a heap of this size. */
    boolean worksIn(String heap, String... arguments) throws IOException, InterruptedException {
        return start(heap, arguments).exitCode() == 0;
    }

    private Ended start(String heap, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Drunbook.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("bench", ".out");
        long from = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            long millis = (System.nanoTime() - from) / 1_000_000;
            return new Ended(ended ? process.exitValue() : -1, Files.readString(output), millis);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
