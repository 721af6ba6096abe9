package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Excerpt;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Reads one log to its end, one line at a time. */
final class LogReading implements Runnable {
    private static final Set<Integer> UNKNOWN_FORBIDDEN_TOO_MANY = Set.of(401, 403, 429);
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_SHOWN = 300;
    private static final int MOST_MATCHES = 20;
    // A node that has lost a log says so in the place of the log, as if all were well.
    private static final String LOST = "unable to retrieve container logs";

    private final Wanted wanted;
    private final Supplier<InputStream> log;
    private final Optional<String> sought;
    private final LogCounter counter;
    private final List<String> matches = new ArrayList<>();
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
    private KubernetesClientException refusal;

    record Wanted(String pod, String container, boolean previous) {}

    /** @param log opens it, each line with its time before it */
    LogReading(Wanted wanted, Supplier<InputStream> log) {
        this(wanted, log, Optional.empty());
    }

    /** @param sought a text; the first lines that hold it are kept */
    LogReading(Wanted wanted, Supplier<InputStream> log, Optional<String> sought) {
        this.wanted = wanted;
        this.log = log;
        this.sought = sought;
        this.counter = new LogCounter(wanted.pod());
    }

    @Override
    public void run() {
        try {
            // Not closed at its end: the client would reset the connection, on which another log may come by now.
            var in = log.get();
            open.set(in);
            read(in);
        } catch (KubernetesClientException refused) {
            boolean unanswered = refused.getStatus() == null;
            refusal = unanswered || UNKNOWN_FORBIDDEN_TOO_MANY.contains(refused.getCode()) ? refused : null;
            trouble = unanswered
                    ? "no answer"
                    : refused.getCode() + ": " + refused.getStatus().getMessage();
        } catch (IOException broken) {
            broke = !aborted;
            // Only the kind, for the message may repeat what was read.
            trouble = "the connection broke after " + lines + " lines ("
                    + KubernetesRefusal.root(broken).getClass().getSimpleName() + ")";
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

    /** Why the API server does not let us read it, if so: that says nothing of the pod. */
    Optional<KubernetesClientException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The same once more, from the start. */
    LogReading again() {
        return new LogReading(wanted, log, sought);
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
        if (sought.isPresent() && matches.size() < MOST_MATCHES && line.contains(sought.get())) {
            matches.add(line);
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

    List<String> matches() {
        return List.copyOf(matches);
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
                last.length() <= LONGEST_SHOWN ? last : Excerpt.of(last, LONGEST_SHOWN) + "…",
                Optional.ofNullable(trouble),
                true,
                false);
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
                true,
                true);
    }
}
