package com.openagents.runbook.system.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads many logs, few of them at a time. A large log may take its time as long as it comes. */
final class LogReadings {
    private static final int AT_ONCE = 4;

    private final Duration silence;
    private final Duration limit;

    /**
     * @param silence how long to wait while nothing comes of any log
     * @param limit how long to wait for all of them
     */
    LogReadings(Duration silence, Duration limit) {
        this.silence = silence;
        this.limit = limit;
    }

    /** A connection may break without a fault of the pod; only one that breaks twice is told. */
    Map<LogReading, PodLog> readAll(List<LogReading> readings) {
        var results = new LinkedHashMap<LogReading, PodLog>();
        var again = new ArrayList<LogReading>();
        runAll(readings).forEach((reading, log) -> {
            if (reading.broke()) {
                again.add(reading.again());
            } else {
                results.put(reading, log);
            }
        });
        results.putAll(runAll(again));
        return results;
    }

    /** All readings, few at a time; once none of them comes on, or all take too long, those that are not done say so. */
    private Map<LogReading, PodLog> runAll(List<LogReading> readings) {
        var threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            var thread = new Thread(work, "pod log");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var patience = new Patience(System.nanoTime() + limit.toNanos(), silence, readings);
            var futures = start(threads, readings);
            var results = new LinkedHashMap<LogReading, PodLog>();
            futures.forEach((reading, future) -> results.put(reading, result(reading, future, patience)));
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<LogReading, Future<?>> start(ExecutorService threads, List<LogReading> readings) {
        var futures = new LinkedHashMap<LogReading, Future<?>>();
        readings.forEach(reading -> futures.put(reading, threads.submit(reading)));
        return futures;
    }

    /** @param deadline of the clock of {@link System#nanoTime} */
    private record Patience(long deadline, Duration silence, Collection<LogReading> readings) {
        /** How long to wait for the next word of any of them, in nanoseconds. */
        long left() {
            long heard = readings.stream()
                    .mapToLong(LogReading::heardAt)
                    .reduce((one, other) -> one - other > 0 ? one : other)
                    .orElse(deadline);
            long now = System.nanoTime();
            return Math.min(deadline - now, heard + silence.toNanos() - now);
        }
    }

    private PodLog result(LogReading reading, Future<?> future, Patience patience) {
        try {
            long left = patience.left();
            while (!isDone(future, left)) {
                left = patience.left();
                if (left <= 0) {
                    reading.abort();
                    return reading.unfinished("not read within " + limit.toSeconds()
                            + " s, or nothing came of any log for " + silence.toSeconds() + " s");
                }
            }
            return reading.result();
        } catch (ExecutionException failure) {
            return reading.unfinished(
                    "it could not be read: " + failure.getCause().getClass().getSimpleName());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return reading.unfinished("interrupted");
        }
    }

    private static boolean isDone(Future<?> future, long nanos) throws ExecutionException, InterruptedException {
        try {
            future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }
}
