package com.openagents.runbook.replica.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long something took, in classes of a sixteenth of a power of two, so that any number of values fits. */
final class Latencies {
    private static final int PARTS_BITS = 4;
    private static final int PARTS = 1 << PARTS_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE * PARTS);

    void add(long nanos) {
        counts.incrementAndGet(index(Math.max(nanos / 1_000, 0)));
    }

    private static int index(long micros) {
        int shift = Math.max(Long.SIZE - Long.numberOfLeadingZeros(micros) - 1 - PARTS_BITS, 0);
        return shift * PARTS + (int) (micros >> shift);
    }

    /** The upper bound of a class. */
    private static long micros(int index) {
        int shift = Math.max(index / PARTS - 1, 0);
        return (long) (index - shift * PARTS + 1) << shift;
    }

    Percentiles percentiles() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return new Percentiles(total, at(0.5, total), at(0.95, total), at(0.99, total), at(1, total));
    }

    private Duration at(double share, long total) {
        long wanted = (long) Math.ceil(share * total);
        long passed = 0;
        for (int i = 0; i < counts.length(); i++) {
            passed += counts.get(i);
            if (passed >= wanted && passed > 0) {
                return Duration.ofNanos(micros(i) * 1_000);
            }
        }
        return Duration.ZERO;
    }
}
