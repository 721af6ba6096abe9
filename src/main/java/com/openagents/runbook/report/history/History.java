package com.openagents.runbook.report.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The runs against one environment, a line for each in a file of its own that only grows. Of a file, however long, the
 * newest runs are read. What is in it counts for nothing in a verdict.
 */
public final class History {
    /** How many runs are read. */
    public static final int MOST_RUNS = 50;

    /** What is read of a file at most; thousands of scenarios make long lines. */
    private static final int MOST_BYTES = 16 << 20;

    private final Path file;
    private final String environment;

    /** The history of an environment in a folder, which may not be there yet. */
    public History(Path folder, String environment) {
        this.file = folder.resolve(environment.replaceAll("[^A-Za-z0-9._-]", "_") + ".ndjson");
        this.environment = environment;
    }

    public Path file() {
        return file;
    }

    /** The newest runs. Lines that are no run of this environment are passed over, and the note says how many. */
    public EarlierRuns read() {
        List<String> lines;
        try {
            lines = new ArrayList<>(tail());
        } catch (NoSuchFileException e) {
            return EarlierRuns.NONE;
        } catch (IOException e) {
            return new EarlierRuns(List.of(), "The history cannot be read: " + problem(e));
        }
        Collections.reverse(lines);
        var runs = new ArrayList<PastRun>();
        int others = 0;
        for (var line : lines) {
            if (runs.size() < MOST_RUNS) {
                var run = run(line);
                run.ifPresent(runs::add);
                others += run.isPresent() ? 0 : 1;
            }
        }
        return new EarlierRuns(runs, note(others));
    }

    private Optional<PastRun> run(String line) {
        try {
            return Optional.of(HistoryJson.run(line))
                    .filter(run -> run.environment().equals(environment));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String note(int others) {
        return switch (others) {
            case 0 -> "";
            case 1 -> "A line of the history is no run and was passed over";
            default -> others + " lines of the history are no runs and were passed over";
        };
    }

    /** The JSON under which earlier runs are attached to a run. */
    public static JsonNode json(EarlierRuns earlier) {
        return HistoryJson.record(earlier);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static EarlierRuns earlier(JsonNode json) {
        return HistoryJson.earlier(json);
    }

    /**
     * Adds a run at the end of the file. Runs that end at the same time write one after the other.
     *
     * @throws IOException if the file cannot be written
     */
    public void append(PastRun run) throws IOException {
        FileTurn.write(file, channel -> append(channel, HistoryJson.line(run)));
    }

    /** After a line that broke off, a new one begins; of a line that does not fit, nothing stays. */
    private static void append(FileChannel channel, String line) throws IOException {
        long end = channel.size();
        var last = ByteBuffer.allocate(1);
        boolean brokeOff = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
        var bytes = ByteBuffer.wrap(((brokeOff ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            takeBack(channel, end, e);
            throw e;
        }
    }

    private static void takeBack(FileChannel channel, long end, IOException problem) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
    }

    /** What went wrong with a file, in a few words. */
    public static String problem(IOException problem) {
        if (!(problem instanceof FileSystemException file)) {
            return problem.getMessage();
        }
        var kind = file.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return Optional.ofNullable(file.getReason()).orElseGet(() -> kind.toLowerCase(Locale.ROOT));
    }

    /** The last lines, in order. */
    private List<String> tail() throws IOException {
        var lines = new ArrayList<String>();
        FileTurn.read(file, channel -> lines.addAll(tail(channel)));
        return lines;
    }

    private static List<String> tail(FileChannel channel) throws IOException {
        long from = Math.max(0, channel.size() - MOST_BYTES);
        channel.position(from);
        var bytes = Channels.newInputStream(channel).readNBytes(MOST_BYTES);
        var lines = new String(bytes, StandardCharsets.UTF_8).lines();
        // Where the reading began there may be a part of a line.
        return (from > 0 ? lines.skip(1) : lines)
                .filter(line -> !line.isBlank())
                .toList();
    }
}
