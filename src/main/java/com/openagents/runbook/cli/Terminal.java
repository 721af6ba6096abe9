package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows progress as lines: what is waited for while it lasts, and how long it took. */
final class Terminal implements Progress {
    private final PrintWriter out;

    Terminal(PrintWriter out) {
        this.out = out;
    }

    @Override
    public <T> T phase(String what, Supplier<T> work) {
        long begin = System.nanoTime();
        out.println("  " + what + " ...");
        out.flush();
        var result = work.get();
        out.println(String.format(Locale.ROOT, "  %s: %.1f s", what, (System.nanoTime() - begin) / 1_000_000_000.0));
        out.flush();
        return result;
    }

    @Override
    public synchronized void say(String what) {
        out.println("    " + what);
        out.flush();
    }
}
