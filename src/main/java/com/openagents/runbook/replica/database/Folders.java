package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders as PostgreSQL wants them: readable by their owner alone. */
final class Folders {
    /** A file system in memory, as Linux has one. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Many times what one server needs, for others run beside it. */
    private static final long ENOUGH_BYTES = 2L << 30;

    private Folders() {}

    /**
     * Where what goes with the replica may lie: data are some two thousand files, and to write them to a disk takes longer
     * than all that is done with them. Without room in memory it is the folder of temporary files.
     */
    static Path quick() {
        boolean fits = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= ENOUGH_BYTES;
        return fits ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    static Path createPrivate(Path folder) throws IOException {
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** By {@code cp}, which lets the file system share or copy whole files and takes a fraction of the time. */
    static void copy(Path from, Path to) throws IOException {
        var cp = new ProcessBuilder("cp", "-Rp", from.toString(), to.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = cp.getInputStream()) {
            var words = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (cp.waitFor() != 0) {
                throw new IOException("cannot copy " + from + " to " + to + ": " + words);
            }
        } catch (InterruptedException e) {
            cp.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while copying " + from, e);
        }
    }

    static void give(Path root, int uid) throws IOException {
        try (var all = Files.walk(root)) {
            for (var path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
