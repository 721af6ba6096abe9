package com.openagents.runbook.replica.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that cannot outlive this one: a guard beside it holds the reading end of a pipe whose other end is ours, and
 * kills it when the pipe ends. It has a session of its own where {@code setsid} exists, so that Ctrl-C does not reach it.
 */
final class ChildProgram implements AutoCloseable {
    private static final String GUARDED = """
            exec 3<&0
            program=$$
            (cat <&3 >/dev/null; kill -KILL "$program") >/dev/null 2>&1 3<&3 &
            exec 3<&- </dev/null
            exec "$@"
            """;

    private static final String IN_OWN_SESSION =
            "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";
    private static final int STOP_SECONDS = 5;

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProgram(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * @param folder where the program runs
     * @param log what it says
     */
    static ChildProgram start(String name, List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", IN_OWN_SESSION, "session"));
        words.addAll(List.of("/bin/sh", "-c", GUARDED, "guard"));
        words.addAll(command);
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        // A guard that outlives its program must not kill whoever has its number next.
        process.onExit().thenAccept(ChildProgram::closePipe);
        return new ChildProgram(name, log, process);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** What it said last, for a message about its end. */
    String lastWords() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8).lines().reduce("nothing", (earlier, later) -> later);
        } catch (IOException e) {
            return "nothing that could be read from " + log;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closePipe(Process ended) {
        try {
            ended.getOutputStream().close();
        } catch (IOException closed) {
            // The pipe is closed, which is what was wanted.
        }
    }
}
