package com.openagents.runbook.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The sign that a process still works on a run folder: a locked file {@code .ID.lock} beside it. The operating system
 * takes the lock away with the process, however that ends; the file then stays. It is not the record itself that is
 * locked, because on Linux a process loses its lock on a file that it closes after reading.
 */
final class RunLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock of a run folder, which need not be there yet; empty if a process has it. */
    static Optional<RunLock> take(Path folder) throws IOException {
        return take(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Takes the lock that a process left behind; empty if another one has it, or has given it back. */
    static Optional<RunLock> takeLeft(Path folder) throws IOException {
        try {
            return take(file(folder), StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<RunLock> take(Path file, OpenOption... options) throws IOException {
        var channel = FileChannel.open(file, options);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new RunLock(file, channel));
            }
        } catch (OverlappingFileLockException e) {
            // This process has it.
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether such a file lies there, locked or left behind. */
    static boolean isThere(Path folder) {
        return Files.exists(file(folder));
    }

    private static Path file(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + ".lock");
    }

    /** Gives the lock back, as a run that came to its end. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
