package com.openagents.runbook.replica.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes memory until somebody ends the process. If nobody does, the process ends itself with the status that a container
 * gets from the kernel, before the machine suffers.
 */
final class MemoryEater {
    private static final int BITE_BYTES = 16 * 1024 * 1024;
    private static final int PAGE_BYTES = 4096;
    private static final long PAUSE_MILLIS = 50;
    private static final int KILLED = 137;

    private final List<ByteBuffer> eaten = new ArrayList<>();
    private final FileChannel file;
    private final long mostBytes;

    private MemoryEater(FileChannel file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /** @param mostBytes where to stop if there is no limit */
    static void start(long mostBytes) {
        try {
            var path = Files.createTempFile("openagents-memory-", ".tmp");
            var file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            var eater = new MemoryEater(file, mostBytes);
            var timer = Executors.newSingleThreadScheduledExecutor();
            timer.scheduleWithFixedDelay(eater::bite, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException noTemporaryFile) {
            throw new UncheckedIOException(noTemporaryFile);
        }
    }

    /** The virtual machine limits its heap and its buffers, but not private copies of a file's pages. */
    private void bite() {
        try {
            var bite = file.map(FileChannel.MapMode.PRIVATE, 0, BITE_BYTES);
            for (int page = 0; page < BITE_BYTES; page += PAGE_BYTES) {
                bite.put(page, (byte) 1);
            }
            eaten.add(bite);
            if ((long) eaten.size() * BITE_BYTES >= mostBytes) {
                Runtime.getRuntime().halt(KILLED);
            }
        } catch (IOException | OutOfMemoryError full) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
