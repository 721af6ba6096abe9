package com.openagents.runbook.replica.runtime.streams;

import com.openagents.runbook.replica.runtime.http.ChunkWriter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends events as they appear until the deadline: woken by signals, and polling with a back-off of 50 ms doubling to
 * 1000 ms in case a signal was lost.
 */
public final class Tailer<E> {
    private static final long BASE_BACKOFF_MILLIS = 50;
    private static final long MAX_BACKOFF_MILLIS = 1_000;

    private final Source<E> source;
    private final Encoder<E> encoder;
    private final ChunkWriter out;
    private final Tally tally = new Tally();
    private long cursor;

    public Tailer(Source<E> source, Encoder<E> encoder, long cursor, ChunkWriter out) {
        this.source = source;
        this.encoder = encoder;
        this.cursor = cursor;
        this.out = out;
    }

    /** Returns when the time is over or the client is gone. */
    public Tally follow(long tailMillis, Signals.Wakeup wakeup) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(tailMillis);
        long backoff = BASE_BACKOFF_MILLIS;
        while (true) {
            int before = tally.events;
            if (!emitAvailable()) {
                return tally;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return tally;
            }
            if (wakeup.await(Math.min(backoff, left))) {
                tally.wakeups++;
                backoff = BASE_BACKOFF_MILLIS;
            } else if (!out.isOpen()) {
                // Nothing would be written any more, so the runtime does not see those leave who have heard the end.
                tally.clientClosed = !tally.ended;
                return tally;
            } else {
                tally.polls++;
                backoff = tally.events > before ? BASE_BACKOFF_MILLIS : next(backoff);
            }
        }
    }

    private boolean emitAvailable() throws Exception {
        for (var event : source.after(cursor)) {
            var frames = encoder.frames(event);
            int sent = 0;
            for (var frame : frames) {
                if (!out.write(frame)) {
                    tally.clientClosed = true;
                    break;
                }
                sent++;
            }
            tally.events++;
            tally.chunks += sent;
            cursor = encoder.seq(event);
            tally.ended |= encoder.ends(event);
            encoder.sent(event, sent, !tally.clientClosed);
            if (tally.clientClosed) {
                return false;
            }
        }
        return true;
    }

    private static long next(long backoff) {
        long doubled = Math.min(backoff * 2, MAX_BACKOFF_MILLIS);
        long jitter = ThreadLocalRandom.current().nextLong(Math.max(doubled / 4, 1));
        return Math.min(doubled + jitter, MAX_BACKOFF_MILLIS);
    }

    /** Where events come from. */
    @FunctionalInterface
    public interface Source<E> {
        List<E> after(long cursor) throws Exception;
    }

    /** How events look on the wire. */
    public interface Encoder<E> {
        long seq(E event);

        /** The server-sent frames of one event, each ending in a blank line. */
        List<String> frames(E event);

        /** Whether nothing comes behind it. */
        default boolean ends(E event) {
            return false;
        }

        /** Told after each event. */
        default void sent(E event, int frames, boolean ok) {}
    }

    /** What one stream amounted to. */
    public static final class Tally {
        private int events;
        private int chunks;
        private int wakeups;
        private int polls;
        private boolean ended;
        private boolean clientClosed;

        public int events() {
            return events;
        }

        public int chunks() {
            return chunks;
        }

        public int wakeups() {
            return wakeups;
        }

        public int polls() {
            return polls;
        }

        public String outcome() {
            return clientClosed ? "client_closed" : "tail_timeout";
        }
    }
}
