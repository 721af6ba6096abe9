package com.openagents.runbook.run;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The run under way in this process. Cucumber makes its plug-ins and its object factory itself, by name, and hands them
 * nothing: this is the one place where they find the run that they belong to.
 */
final class CurrentRun {
    private static final AtomicReference<RunbookRun> RUN = new AtomicReference<>();

    private CurrentRun() {}

    static void begin(RunbookRun run) {
        if (!RUN.compareAndSet(null, run)) {
            throw new IllegalStateException("a run is under way in this process already");
        }
    }

    static boolean isUnderWay() {
        return RUN.get() != null;
    }

    static RunbookRun get() {
        var run = RUN.get();
        if (run == null) {
            throw new IllegalStateException("no run is under way: features run by './runbook run' or 'mvn verify'");
        }
        return run;
    }

    static void end() {
        RUN.set(null);
    }
}
