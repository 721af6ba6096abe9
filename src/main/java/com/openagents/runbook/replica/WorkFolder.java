package com.openagents.runbook.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder that one replica works in. What a killed one left behind is removed by the next. */
public final class WorkFolder implements AutoCloseable {
    private static final String PREFIX = "of-";

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    public static WorkFolder in(Path parent) {
        try {
            Files.createDirectories(parent);
            removeLeftovers(parent);
            return new WorkFolder(Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no work folder can be made in " + parent, e);
        }
    }

    private static void removeLeftovers(Path parent) throws IOException {
        try (var folders = Files.list(parent)) {
            for (var folder : folders.filter(WorkFolder::isLeftover).toList()) {
                delete(folder);
            }
        }
    }

    private static boolean isLeftover(Path folder) {
        var name = folder.getFileName().toString();
        if (!name.matches(PREFIX + "[0-9]+-.*")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length())));
        return ProcessHandle.of(pid).isEmpty();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder cannot be removed: " + path, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
