package com.openagents.runbook.system.checkout;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands as processes. At the time limit, and when this is closed, a command ends with all that it started. */
public final class CommandRunner implements AutoCloseable {
    private static final long LAST_WORDS_MILLIS = 2_000;

    private final UnaryOperator<String> redact;
    private final Consumer<String> live;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /**
     * @param redact masks secrets in what commands print
     * @param live told each line while a command runs
     */
    public CommandRunner(UnaryOperator<String> redact, Consumer<String> live) {
        this.redact = redact;
        this.live = live;
    }

    /**
     * @param line as a person types it
     * @param statement of the runbook that wants it
     * @param words program and arguments; a program without a slash is searched, another lies below the folder
     * @param programs searched before the PATH
     */
    record Call(
            String line,
            String statement,
            List<String> words,
            Map<String, String> variables,
            Path folder,
            List<Path> programs,
            Duration limit) {}

    /** @throws CouldNotCheck if the program is not there or does not start */
    CommandRun run(Call call) {
        var tail = new OutputTail(redact, live);
        var startedAt = Instant.now();
        long start = System.nanoTime();
        var process = start(call);
        running.add(process);
        try {
            var reader = new Thread(() -> tail.read(process.getInputStream()), "command-output");
            reader.setDaemon(true);
            reader.start();
            var exit = await(process, call.limit());
            // A child that outlives the command may hold its output open.
            reader.join(LAST_WORDS_MILLIS);
            var took = Duration.ofNanos(System.nanoTime() - start);
            return new CommandRun(
                    call.line(),
                    call.statement(),
                    byHand(call),
                    startedAt,
                    call.limit(),
                    took,
                    exit,
                    tail.lines(),
                    tail.dropped());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CouldNotCheck("'" + call.line() + "' was interrupted before it was done");
        } finally {
            end(process.toHandle());
            running.remove(process);
        }
    }

    /** A person's shell does not search the folders that only this checkout has. */
    private static String byHand(Call call) {
        var folders =
                call.programs().stream().map(folder -> quoted(folder) + ":").collect(Collectors.joining());
        return "cd " + quoted(call.folder()) + " && " + (folders.isEmpty() ? "" : "PATH=" + folders + "$PATH ")
                + call.line();
    }

    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static OptionalInt await(Process process, Duration limit) throws InterruptedException {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return OptionalInt.of(process.exitValue());
        }
        end(process.toHandle());
        return OptionalInt.empty();
    }

    private static Process start(Call call) {
        var program = program(call);
        var words = new ArrayList<>(call.words());
        words.set(0, program.toString());
        var builder = new ProcessBuilder(words)
                .directory(call.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(call.variables());
        builder.environment().put("PATH", path(call));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CouldNotCheck("'" + call.line() + "' does not start in " + call.folder()
                    + "; check that the folder is there and that the program may be executed");
        }
    }

    private static Path program(Call call) {
        var name = call.words().get(0);
        if (name.contains("/")) {
            return call.folder().resolve(name);
        }
        return Arrays.stream(path(call).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new CouldNotCheck("there is no '" + name + "' on the PATH, so '" + call.line()
                        + "' cannot be run; install the tool chain of the checkout on this machine"));
    }

    private static String path(Call call) {
        return Stream.concat(call.programs().stream().map(Path::toString), Stream.ofNullable(System.getenv("PATH")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The parent goes first, so that it starts nothing new while its children go. */
    private static void end(ProcessHandle process) {
        var children = process.children().toList();
        process.destroyForcibly();
        children.forEach(CommandRunner::end);
    }

    @Override
    public void close() {
        running.forEach(process -> end(process.toHandle()));
    }
}
