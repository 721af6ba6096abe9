package com.openagents.runbook.replica.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was done and what went wrong, counted from all threads. */
final class Tally {
    enum What {
        RUNS_CREATED,
        RUNS_FINISHED,
        RUNS_CANCELED,
        FRAMES,
        RUN_EVENTS,
        STREAMS,
        WORKER_EVENTS,
        TOOL_CALLS,
        MESSAGES,
        TOKENS,
        SYNC_CONNECTIONS,
        SYNC_RESUMES,
        PUSHES
    }

    private final Map<What, LongAdder> counts = new EnumMap<>(What.class);
    private final Map<String, AtomicLong> errors = new ConcurrentHashMap<>();
    final Latencies frames = new Latencies();
    final Latencies pushes = new Latencies();
    final Latencies catchUps = new Latencies();
    final Latencies recoveries = new Latencies();

    Tally() {
        for (var what : What.values()) {
            counts.put(what, new LongAdder());
        }
    }

    void did(What what) {
        did(what, 1);
    }

    void did(What what, long times) {
        counts.get(what).add(times);
    }

    /** @param what without numbers and names, so that errors of a kind are counted together */
    void failed(String what) {
        errors.computeIfAbsent(what, kind -> new AtomicLong()).incrementAndGet();
    }

    long count(What what) {
        return counts.get(what).sum();
    }

    Map<String, Long> errors() {
        var copy = new TreeMap<String, Long>();
        errors.forEach((kind, count) -> copy.put(kind, count.get()));
        return copy;
    }
}
