package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Reads one log to its end, one line at a time. */
final class LogReading implements Runnable {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_SHOWN = 300;
    // A node that has lost a log says so in the place of the log, as if all were well.
    private static final String LOST = "unable to retrieve container logs";

    private final Wanted wanted;
    private final Supplier<InputStream> log;
    private final LogCounter counter;
    private final AtomicReference<InputStream> open = new AtomicReference<>();
    private final LogTimes times = new LogTimes();
    private long lines;
    private long cut;
    private Instant from;
    private Instant to;
    private String last = "";
    private String trouble;
    private volatile boolean aborted;
    private volatile long heardAt = System.nanoTime();
    private boolean broke;
    private KubernetesClientException forbidden;

    record Wanted(String pod, String container, boolean previous) {}

    /** @param log opens it, each line with its time before it */
    LogReading(Wanted wanted, Supplier<InputStream> log) {
        this.wanted = wanted;
        this.log = log;
        this.counter = new LogCounter(wanted.pod());
    }

    @Override
    public void run() {
        try (var in = log.get()) {
            open.set(in);
            read(in);
        } catch (KubernetesClientException refused) {
            forbidden = refused.getCode() == UNAUTHORIZED || refused.getCode() == FORBIDDEN ? refused : null;
            trouble = refused.getStatus() == null
                    ? "no answer"
                    : refused.getCode() + ": " + refused.getStatus().getMessage();
        } catch (IOException broken) {
            broke = !aborted;
            trouble = "the connection broke after " + lines + " lines";
        }
    }

    /** When the last part of the log came, or the reading was made, by the clock of {@link System#nanoTime}. */
    long heardAt() {
        return heardAt;
    }

    /** Whether the connection ended before the log did. */
    boolean broke() {
        return broke;
    }

    /** Why we may not read it, if we may not: that says nothing of the pod. */
    Optional<KubernetesClientException> forbidden() {
        return Optional.ofNullable(forbidden);
    }

    /** The same once more, from the start. */
    LogReading again() {
        return new LogReading(wanted, log);
    }

    /** Ends a reading that takes too long. */
    void abort() {
        aborted = true;
        var in = open.get();
        if (in != null) {
            try {
                in.close();
            } catch (IOException closed) {
                // It is not read any further either way.
            }
        }
    }

    private void read(InputStream in) throws IOException {
        var block = new byte[BLOCK];
        var line = new ByteArrayOutputStream();
        boolean whole = true;
        for (int length = in.read(block); length >= 0; length = in.read(block)) {
            heardAt = System.nanoTime();
            int start = 0;
            for (int i = 0; i < length; i++) {
                if (block[i] == '\n') {
                    whole &= keep(line, block, start, i);
                    take(line, whole);
                    whole = true;
                    start = i + 1;
                }
            }
            whole &= keep(line, block, start, length);
        }
        if (line.size() > 0) {
            take(line, whole);
        }
    }

    /** False if the line became too long, and the rest of it was left out. */
    private static boolean keep(ByteArrayOutputStream line, byte[] block, int from, int to) {
        int room = Math.min(to - from, LONGEST_LINE - line.size());
        line.write(block, from, room);
        return room == to - from;
    }

    private void take(ByteArrayOutputStream bytes, boolean whole) {
        var line = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        if (lines == 0 && line.startsWith(LOST)) {
            trouble = line;
            return;
        }
        lines++;
        cut += whole ? 0 : 1;
        int blank = line.indexOf(' ');
        try {
            var at = times.parse(line.substring(0, Math.max(blank, 0)));
            from = from == null ? at : from;
            to = at;
            last = line.substring(blank + 1);
            counter.count(at, last);
        } catch (DateTimeParseException withoutTime) {
            counter.count(to == null ? Instant.EPOCH : to, line);
        }
    }

    LogCounter counter() {
        return counter;
    }

    long cut() {
        return cut;
    }

    PodLog result() {
        return new PodLog(
                wanted.pod(),
                wanted.container(),
                wanted.previous(),
                lines,
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                last.length() <= LONGEST_SHOWN ? last : last.substring(0, LONGEST_SHOWN) + "…",
                Optional.ofNullable(trouble),
                true);
    }

    /** What is known of a reading that did not even end when it was told to. */
    PodLog unfinished(String why) {
        return new PodLog(
                wanted.pod(),
                wanted.container(),
                wanted.previous(),
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of(why),
                true);
    }
}
