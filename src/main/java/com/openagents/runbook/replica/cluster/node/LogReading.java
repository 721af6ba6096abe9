package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.api.PodLogRequest;
import com.openagents.runbook.replica.cluster.api.PodLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One reading of one log file, from the first line asked for to the last. Holds one block of lines at a time. */
final class LogReading implements Runnable {
    private static final int BLOCK = 64 * 1024;
    private static final long LOOK_MILLIS = 50;

    private final Path file;
    private final PodLogRequest request;
    private final PodLogs.Sink sink;
    private final BooleanSupplier grows;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private long left;

    /** @param grows whether the container still writes */
    LogReading(Path file, PodLogRequest request, PodLogs.Sink sink, BooleanSupplier grows) {
        this.file = file;
        this.request = request;
        this.sink = sink;
        this.grows = grows;
        this.left = request.limitBytes().orElse(Long.MAX_VALUE);
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(
                    request.tailLines().isPresent()
                            ? tail(open, request.tailLines().getAsLong())
                            : 0);
            copy(Channels.newInputStream(open.getChannel()));
        } catch (IOException gone) {
            // The pod and its log have gone while somebody read; what was read so far is all there is.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            sink.end();
        }
    }

    private void copy(InputStream in) throws IOException, InterruptedException {
        var block = new byte[BLOCK];
        var line = new ByteArrayOutputStream();
        while (left > 0 && stopped.getCount() > 0) {
            boolean growing = grows.getAsBoolean();
            int length = in.read(block);
            for (int i = 0; i < length && left > 0; i++) {
                if (block[i] == '\n') {
                    add(line.toByteArray());
                    line.reset();
                } else {
                    line.write(block[i]);
                }
            }
            send();
            if (length < 0 && (!request.follow() || !growing || stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS))) {
                return;
            }
        }
    }

    private void send() {
        if (lines.size() > 0) {
            sink.write(lines.toByteArray());
            lines.reset();
        }
    }

    /** A line of the file is {@code <time> <stream> <F|P> <text>}. */
    private void add(byte[] line) {
        int time = indexOfBlank(line, 0);
        int stream = indexOfBlank(line, time + 1);
        int text = indexOfBlank(line, stream + 1) + 1;
        var at = new String(line, 0, time, StandardCharsets.US_ASCII);
        if (request.since().filter(since -> Instant.parse(at).isBefore(since)).isPresent()) {
            return;
        }
        var out = new ByteArrayOutputStream();
        if (request.timestamps()) {
            out.writeBytes((at + " ").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(line, text, line.length - text);
        if (line[text - 2] == 'F') {
            out.write('\n');
        }
        int length = (int) Math.min(out.size(), left);
        lines.write(out.toByteArray(), 0, length);
        left -= length;
    }

    private static int indexOfBlank(byte[] line, int from) {
        int at = from;
        while (line[at] != ' ') {
            at++;
        }
        return at;
    }

    /** Where the last lines begin, found from the end backwards. */
    private static long tail(RandomAccessFile open, long lines) throws IOException {
        var block = new byte[BLOCK];
        long end = open.length();
        long missing = lines;
        for (long from = end; from > 0; ) {
            int length = (int) Math.min(BLOCK, from);
            from -= length;
            open.seek(from);
            open.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                boolean lastByte = from + i == end - 1;
                if (block[i] == '\n' && !lastByte && --missing == 0) {
                    return from + i + 1;
                }
            }
        }
        return lines == 0 ? end : 0;
    }
}
