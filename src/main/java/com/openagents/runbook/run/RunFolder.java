package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 */
record RunFolder(String id, Path path, RunLock lock) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Makes a new folder in {@code output}, and holds its lock. */
    static RunFolder create(Path output, Instant startedAt) {
        try {
            Files.createDirectories(output);
            var base = ID.format(startedAt);
            for (int i = 1; ; i++) {
                var id = i == 1 ? base : base + "-" + i;
                var path = output.resolve(id);
                var lock = Files.exists(path) ? Optional.<RunLock>empty() : RunLock.take(path);
                if (lock.isPresent()) {
                    return new RunFolder(id, Files.createDirectory(path), lock.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no run folder can be made in " + output, e);
        }
    }

    /** From now on {@code latest} beside the folder points to it. */
    void isLatest() {
        var latest = path.resolveSibling("latest");
        var fresh = path.resolveSibling("." + id + ".latest");
        try {
            Files.createSymbolicLink(fresh, Path.of(id));
            Files.move(fresh, latest, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the link cannot be set: " + latest, e);
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
