package com.openagents.runbook.replica.checkout.suite;

import com.openagents.runbook.replica.checkout.Workspace;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs tests one after the other and reports as ExUnit does. */
public final class TestRun {
    private final Workspace workspace;
    private final PrintStream out;

    public TestRun(Workspace workspace, PrintStream out) {
        this.workspace = workspace;
        this.out = out;
    }

    /** What was run. */
    public record Result(int tests, int failures) {}

    public Result run(List<Suite> suites, boolean onlyDrills) {
        long startedAt = System.nanoTime();
        var failures = new ArrayList<String>();
        int run = 0;
        int excluded = 0;
        try (var service = new Service(workspace)) {
            for (var suite : suites) {
                for (var test : suite.tests()) {
                    if (onlyDrills && !test.drill()) {
                        excluded++;
                    } else {
                        run++;
                        run(suite, test, service, failures);
                    }
                }
            }
        }
        out.println();
        failures.forEach(out::println);
        var took = Duration.ofNanos(System.nanoTime() - startedAt);
        out.println(String.format(Locale.ROOT, "Finished in %.1f seconds", took.toMillis() / 1000.0));
        out.println(counted(run, "test") + ", " + counted(failures.size(), "failure")
                + (excluded == 0 ? "" : ", " + excluded + " excluded"));
        return new Result(run, failures.size());
    }

    private void run(Suite suite, Suite.Test test, Service service, List<String> failures) {
        try {
            test.body().run(service);
            out.print(".");
        } catch (Exception | AssertionError failure) {
            out.print("F");
            var reason = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
            failures.add("\n  %d) test %s\n     %s\n     %s\n"
                    .formatted(failures.size() + 1, test.name(), suite.file(), reason));
        }
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
