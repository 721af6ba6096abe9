package com.openagents.runbook.replica.cluster.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The log of one start of one container, in the form of the container runtime interface: each line is
 * {@code <time> stdout|stderr F|P <text>}, where {@code P} says that the line goes on.
 */
final class ContainerLog implements AutoCloseable {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;
    private final OutputStream out;

    ContainerLog(Path file, Clock clock) throws IOException {
        Files.createDirectories(file.getParent());
        this.file = file;
        this.clock = clock;
        this.out = Files.newOutputStream(file);
    }

    Path file() {
        return file;
    }

    /** Copies a stream line by line until it ends. Memory use does not depend on what comes. */
    void copy(String name, InputStream in) {
        try (in) {
            var chunk = new byte[LONGEST_LINE];
            var line = new byte[LONGEST_LINE];
            int length = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    if (chunk[i] == '\n') {
                        write(name, 'F', line, length);
                        length = 0;
                    } else {
                        if (length == LONGEST_LINE) {
                            write(name, 'P', line, length);
                            length = 0;
                        }
                        line[length++] = chunk[i];
                    }
                }
            }
            if (length > 0) {
                write(name, 'F', line, length);
            }
        } catch (IOException ended) {
            // The process or its log has gone; there is nobody left to tell.
        }
    }

    private synchronized void write(String name, char kind, byte[] text, int length) throws IOException {
        var head = (TIME.format(clock.instant()) + " " + name + " " + kind + " ").getBytes(StandardCharsets.US_ASCII);
        var line = new byte[head.length + length + 1];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(text, 0, line, head.length, length);
        line[line.length - 1] = '\n';
        out.write(line);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
