package com.openagents.runbook.replica.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes memory until somebody ends the process. When the virtual machine itself has no more to give, the process ends with
 * the status a container gets from the kernel.
 */
final class MemoryEater {
    private static final int BITE_BYTES = 16 * 1024 * 1024;
    private static final long PAUSE_MILLIS = 50;
    private static final int KILLED = 137;

    private final List<ByteBuffer> eaten = new ArrayList<>();

    private MemoryEater() {}

    static void start() {
        var eater = new MemoryEater();
        var timer = Executors.newSingleThreadScheduledExecutor();
        timer.scheduleWithFixedDelay(eater::bite, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void bite() {
        try {
            var bite = ByteBuffer.allocateDirect(BITE_BYTES);
            // Untouched pages are not resident, and a limit counts resident ones.
            for (int page = 0; page < BITE_BYTES; page += 4096) {
                bite.put(page, (byte) 1);
            }
            eaten.add(bite);
        } catch (OutOfMemoryError full) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
