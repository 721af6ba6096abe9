package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs whose process ended before it had written their report. */
public final class AbandonedRuns {
    private AbandonedRuns() {}

    /**
     * Hands on each of their folders, while no other process does the same.
     *
     * @param output holds a folder for each run; it need not be there
     * @param care is to leave a report in the folder
     */
    public static void each(Path output, Consumer<Path> care) {
        try {
            for (var folder : folders(output)) {
                if (isAbandoned(folder) && Files.isWritable(output)) {
                    takeCare(folder, care);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the runs cannot be read: " + output, e);
        }
    }

    private static List<Path> folders(Path output) throws IOException {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        try (var entries = Files.list(output)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isAbandoned(Path folder) {
        return Files.exists(folder.resolve("run.ndjson"))
                && (RunLock.isThere(folder) || !Files.exists(folder.resolve("report.html")));
    }

    private static void takeCare(Path folder, Consumer<Path> care) throws IOException {
        var lock = RunLock.take(folder);
        if (lock.isPresent()) {
            try {
                // Another process may have been faster.
                if (isAbandoned(folder)) {
                    care.accept(folder);
                }
            } finally {
                lock.get().close();
            }
        }
    }
}
