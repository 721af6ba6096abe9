package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the time of a run goes, from the start of the process on: for each part the time on the clock and the processor
 * time of this process, without its children. A part that lies within another one is counted in both.
 */
final class Profile implements Progress {
    private static final String START = "start Java and the command line";

    private final Progress shown;
    private final List<Part> parts = new ArrayList<>();

    private record Part(String name, Duration clock, Duration processor) {}

    /** @param shown where the phases are shown besides */
    Profile(Progress shown) {
        this.shown = shown;
        parts.add(new Part(START, sinceStart(), processor()));
    }

    @Override
    public <T> T phase(String what, Supplier<T> work) {
        return shown.phase(what, () -> measure(what, work));
    }

    @Override
    public void say(String what) {
        shown.say(what);
    }

    /** Measures a part that is not shown as a phase. */
    <T> T measure(String what, Supplier<T> work) {
        var processor = processor();
        var begin = Instant.now();
        try {
            return work.get();
        } finally {
            add(new Part(
                    what, Duration.between(begin, Instant.now()), processor().minus(processor)));
        }
    }

    private synchronized void add(Part part) {
        parts.add(part);
    }

    /** A table, in the order in which the parts ended. */
    @Override
    public synchronized String toString() {
        var table = new Table("PART", "CLOCK", "PROCESSOR");
        parts.forEach(part -> table.row(part.name(), millis(part.clock()), millis(part.processor())));
        table.row("all until now", millis(sinceStart()), millis(processor()));
        return table.toString();
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static Duration sinceStart() {
        var now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
