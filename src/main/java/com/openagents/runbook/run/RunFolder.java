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

/**
 * The folder that holds all of one run.
 *
 * @param id the run's id: when it began, in UTC, and a number if another began in the same second
 */
record RunFolder(String id, Path path) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Makes a new folder in {@code output}; {@code output/latest} points to it from now on. */
    static RunFolder create(Path output, Instant startedAt) {
        try {
            Files.createDirectories(output);
            var base = ID.format(startedAt);
            var id = base;
            for (int i = 2; Files.exists(output.resolve(id)); i++) {
                id = base + "-" + i;
            }
            var folder = Files.createDirectory(output.resolve(id));
            var latest = output.resolve("latest");
            if (Files.isSymbolicLink(latest) || !Files.exists(latest)) {
                var fresh = output.resolve("." + id + ".latest");
                Files.createSymbolicLink(fresh, Path.of(id));
                Files.move(fresh, latest, StandardCopyOption.ATOMIC_MOVE);
            }
            return new RunFolder(id, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no run folder can be made in " + output, e);
        }
    }
}
