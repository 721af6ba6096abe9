package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** Runs whose process ended before it had written their report. */
public final class AbandonedRuns {
    private AbandonedRuns() {}

    /** What is done for each of them. */
    @FunctionalInterface
    public interface Care {
        void take(Path folder) throws IOException;
    }

    /**
     * Hands on each of their folders, while no other process does the same. None of them is a reason not to run: what is
     * wrong with one is said, and it stays as it is.
     *
     * @param output holds a folder for each run; it need not be there
     * @param care is to leave a report in the folder
     * @param problems takes what is wrong with one of them, or with {@code output}
     */
    public static void each(Path output, Care care, BiConsumer<Path, IOException> problems) {
        for (var folder : folders(output, problems)) {
            try {
                if (isAbandoned(folder) && Files.isWritable(output)) {
                    takeCare(folder, care);
                }
            } catch (IOException e) {
                problems.accept(folder, e);
            }
        }
    }

    private static List<Path> folders(Path output, BiConsumer<Path, IOException> problems) {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        try (var entries = Files.list(output)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.accept(output, e);
        } catch (UncheckedIOException e) {
            problems.accept(output, e.getCause());
        }
        return List.of();
    }

    private static boolean isAbandoned(Path folder) {
        return Files.exists(folder.resolve("run.ndjson")) && (RunLock.isThere(folder) || !hasReport(folder));
    }

    private static boolean hasReport(Path folder) {
        return Files.exists(folder.resolve("report.html"));
    }

    private static void takeCare(Path folder, Care care) throws IOException {
        boolean left = RunLock.isThere(folder);
        var lock = left ? RunLock.takeLeft(folder) : RunLock.take(folder);
        if (lock.isPresent()) {
            try {
                // Another process may have been faster: then the lock that was left is gone, or there is a report.
                if (left ? RunLock.isThere(folder) : !hasReport(folder)) {
                    care.take(folder);
                }
            } finally {
                lock.get().close();
            }
        }
    }
}
