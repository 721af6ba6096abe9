package com.openagents.runbook.report.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that runs which end at the same time, in this process or in others, use one after the other. */
public final class FileTurn {
    /** Within a process a file lock keeps nobody out. */
    private static final Object ONE_AT_A_TIME = new Object();

    /** What is done meanwhile. */
    @FunctionalInterface
    public interface Use {
        void of(FileChannel channel) throws IOException;
    }

    private FileTurn() {}

    /**
     * Waits until nobody else uses the file, and makes it and its folder where they are not there.
     *
     * @throws IOException if the file cannot be opened or locked, or as the use does
     */
    public static void write(Path file, Use use) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        synchronized (ONE_AT_A_TIME) {
            try (var channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid()) {
                    use.of(channel);
                }
            }
        }
    }

    /**
     * Waits until nobody writes to the file.
     *
     * @throws IOException if the file is not there or cannot be locked, or as the use does
     */
    public static void read(Path file, Use use) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                    var lock = channel.lock(0, Long.MAX_VALUE, true)) {
                if (lock.isValid()) {
                    use.of(channel);
                }
            }
        }
    }
}
