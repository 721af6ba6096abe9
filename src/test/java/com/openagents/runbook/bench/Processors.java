package com.openagents.runbook.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** What the processors of the machine did since a moment, and how much of it was done by one program or by others. */
final class Processors {
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final double TICKS_PER_SECOND = 100;

    private final double busyAtStart = busySeconds();
    private final double oursAtStart = ourSeconds();
    private final long start = System.nanoTime();

    static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1_000.0;
    }

    private static double ourSeconds() {
        var own = ProcessHandle.current();
        return seconds(own) + own.descendants().mapToDouble(Processors::seconds).sum();
    }

    /** The part of the machine that this program and its children took, from 0 to 1. */
    double ours() {
        return (ourSeconds() - oursAtStart) / available();
    }

    /** The part of the machine that everybody else took, from 0 to 1. */
    double others() {
        return Math.max((busySeconds() - busyAtStart) / available() - ours(), 0);
    }

    private double available() {
        return (System.nanoTime() - start) / 1e9 * Runtime.getRuntime().availableProcessors();
    }

    private static double busySeconds() {
        try {
            var columns = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
            long all = Arrays.stream(columns)
                    .skip(1)
                    .limit(8)
                    .mapToLong(Long::parseLong)
                    .sum();
            return (all - Long.parseLong(columns[IDLE]) - Long.parseLong(columns[WAITING])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
