package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The folders of runs that are kept in one folder, so that a schedule does not fill its volume. */
public final class OldRuns {
    private OldRuns() {}

    /**
     * Removes all but the newest; what is not the folder of a run stays.
     *
     * @param output the folder in which each run has a folder of its own
     * @throws IOException if some cannot be removed; the others are
     */
    public static void remove(Path output, int keep) throws IOException {
        if (!Files.isDirectory(output)) {
            return;
        }
        List<Path> newestFirst;
        try (var folders = Files.list(output)) {
            newestFirst = folders.filter(OldRuns::isRun)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        IOException problem = null;
        for (var old : newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size())) {
            try {
                removeUnlessAlive(old);
            } catch (IOException e) {
                problem = problem == null ? e : problem;
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    private static boolean isRun(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && folder.getFileName().toString().matches("[0-9]{8}T[0-9]{6}Z(-[0-9]+)?");
    }

    /** One that another process still works on stays. */
    private static void removeUnlessAlive(Path folder) throws IOException {
        var lock = RunLock.take(folder);
        if (lock.isPresent()) {
            try {
                removeFolder(folder);
            } finally {
                lock.get().close();
            }
        }
    }

    private static void removeFolder(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
