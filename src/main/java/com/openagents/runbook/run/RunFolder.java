package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The folder that holds all of one run.
 *
 * @param id the run's id: when it began, in UTC, and a number if another began in the same second
 * @param lock tells other processes that this one works on it
 * @param misplaced why the folder is not where it was wanted, if it is not
 */
record RunFolder(String id, Path path, RunLock lock, Optional<String> misplaced) {
    /** Several times what a run of all sections needs: its record, its reports, and a draft of them. */
    private static final long ROOM = 64L << 20;

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Makes a new folder in {@code output} and holds its lock; or among the temporary files where there is no room: a full
     * disk must not cost the report that says so.
     */
    static RunFolder create(Path output, Instant startedAt) {
        try {
            return create(output, startedAt, Optional.empty());
        } catch (IOException full) {
            var instead = temporary(output);
            var problem =
                    "The records cannot be kept in " + output + " (" + reason(full) + "); this one went to " + instead;
            try {
                return create(instead, startedAt, Optional.of(problem));
            } catch (IOException e) {
                throw new UncheckedIOException("no run folder can be made in " + output + " nor in " + instead, e);
            }
        }
    }

    private static RunFolder create(Path output, Instant startedAt, Optional<String> misplaced) throws IOException {
        Files.createDirectories(output);
        if (misplaced.isEmpty() && Files.getFileStore(output).getUsableSpace() < ROOM) {
            throw new FileSystemException(output.toString(), null, "less than " + (ROOM >> 20) + " MiB are free");
        }
        var base = ID.format(startedAt);
        for (int i = 1; ; i++) {
            var id = i == 1 ? base : base + "-" + i;
            var path = output.resolve(id);
            var lock = Files.exists(path) ? Optional.<RunLock>empty() : RunLock.take(path);
            if (lock.isPresent()) {
                return new RunFolder(id, Files.createDirectory(path), lock.get(), misplaced);
            }
        }
    }

    private static Path temporary(Path output) {
        try {
            return Files.createTempDirectory("runbook-");
        } catch (IOException e) {
            throw new UncheckedIOException("no run folder can be made in " + output + ", nor a temporary one", e);
        }
    }

    private static String reason(IOException problem) {
        return problem instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : problem instanceof FileAlreadyExistsException
                        ? "it is not a folder"
                        : String.valueOf(problem.getMessage());
    }

    /**
     * From now on {@code latest} beside the folder points to it.
     *
     * @return why it does not, in words: not every volume has links
     */
    Optional<String> isLatest() {
        var latest = path.resolveSibling("latest");
        var fresh = path.resolveSibling("." + id + ".latest");
        try {
            Files.createSymbolicLink(fresh, Path.of(id));
            Files.move(fresh, latest, StandardCopyOption.ATOMIC_MOVE);
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.of("There is no link " + latest + ": this volume has none");
        } catch (IOException e) {
            remove(fresh);
            return Optional.of("The link " + latest + " cannot be set: " + reason(e));
        }
    }

    private static void remove(Path link) {
        try {
            Files.deleteIfExists(link);
        } catch (IOException e) {
            // It is in nobody's way.
        }
    }

    /** Removes the folder with what was begun in it. */
    void remove() {
        try (var files = Files.list(path)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the run folder cannot be removed: " + path, e);
        }
        release();
    }

    /** From now on this process does not work on it. */
    void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of the run folder cannot be removed: " + path, e);
        }
    }
}
