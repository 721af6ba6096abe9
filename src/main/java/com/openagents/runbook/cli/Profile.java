package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Progress;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the time of a run goes, from the start of the virtual machine on: for each part the time on the clock and the processor
 * time of this process, without its children. A part that lies within another one is counted in both.
 */
final class Profile implements Progress {
    private static final String START = "start Java and the command line";

    private final Progress shown;
    private final List<Part> parts = new ArrayList<>();
    private final Instant made = Instant.now();
    private final Duration used = processor();

    private record Part(String name, Duration clock, Duration processor) {}

    /** @param shown where the phases are shown besides */
    Profile(Progress shown) {
        this.shown = shown;
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
        table.row(START, millis(sinceStart(made)), millis(used));
        parts.forEach(part -> table.row(part.name(), millis(part.clock()), millis(part.processor())));
        table.row("all until now", millis(sinceStart(Instant.now())), millis(processor()));
        return table.toString();
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** The operating system tells when a process started in whole seconds only. */
    private static Duration sinceStart(Instant until) {
        return Duration.between(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), until);
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
