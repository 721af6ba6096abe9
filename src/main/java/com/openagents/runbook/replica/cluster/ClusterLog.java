package com.openagents.runbook.replica.cluster;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/** What the parts of the cluster tried in vain and will try again: one line each, in a file. */
final class ClusterLog implements Consumer<String>, AutoCloseable {
    private final BufferedWriter out;

    ClusterLog(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    @Override
    public synchronized void accept(String line) {
        try {
            out.write(Instant.now() + " " + line + "\n");
            out.flush();
        } catch (IOException full) {
            // A full disk must not stop the cluster; whoever looks finds the log cut off.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
