package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder that holds all of one run.
 *
 * @param id the run's id: when it began, in UTC, and a number if another began in the same second
 */
record RunFolder(String id, Path path) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Makes a new folder in {@code output}. */
    static RunFolder create(Path output, Instant startedAt) {
        try {
            Files.createDirectories(output);
            var base = ID.format(startedAt);
            for (int i = 1; ; i++) {
                var id = i == 1 ? base : base + "-" + i;
                try {
                    return new RunFolder(id, Files.createDirectory(output.resolve(id)));
                } catch (FileAlreadyExistsException e) {
                    // Another run began in the same second.
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
    }
}
