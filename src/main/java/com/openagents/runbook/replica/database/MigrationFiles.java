package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Migrations with their texts.
 *
 * @param list oldest first
 * @param text the content of a file, if there is one of that name
 */
public record MigrationFiles(List<Migration> list, Function<String, Optional<String>> text) {
    private static final String FOLDER = "migrations/";
    private static final String UP = ".sql";
    private static final String DOWN = ".down.sql";

    /** Those of the release. */
    static MigrationFiles ofRelease() {
        var names = Resources.text(FOLDER + "index.txt").lines();
        return new MigrationFiles(names.map(MigrationFiles::parse).toList(), file -> Resources.find(FOLDER + file));
    }

    /** Those that lie in a folder, named {@code VERSION_NAME.sql}. */
    public static MigrationFiles in(Path folder) {
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{14}_.*") && name.endsWith(UP) && !name.endsWith(DOWN))
                    .sorted();
            return new MigrationFiles(names.map(MigrationFiles::parse).toList(), name -> read(folder.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("the migrations in " + folder + " cannot be read", e);
        }
    }

    /** Copies the migrations of the release into a folder. */
    public static void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        var release = ofRelease();
        for (var migration : release.list()) {
            Files.writeString(folder.resolve(name(migration) + UP), release.up(migration));
            var down = release.down(migration);
            if (down.isPresent()) {
                Files.writeString(folder.resolve(name(migration) + DOWN), down.get());
            }
        }
    }

    String up(Migration migration) {
        return text.apply(name(migration) + UP)
                .orElseThrow(() -> new IllegalStateException("migration " + name(migration) + UP + " is missing"));
    }

    Optional<String> down(Migration migration) {
        return text.apply(name(migration) + DOWN);
    }

    private static String name(Migration migration) {
        return migration.version() + "_" + migration.name();
    }

    private static Migration parse(String file) {
        return new Migration(Long.parseLong(file.substring(0, 14)), file.substring(15, file.length() - UP.length()));
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
