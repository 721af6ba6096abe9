package com.openagents.runbook.replica.checkout.suite;

import com.openagents.runbook.replica.checkout.Workspace;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Runs the files beside each other, the tests of a file one after the other, and reports as ExUnit does. */
public final class TestRun {
    private final Workspace workspace;
    private final PrintStream out;

    public TestRun(Workspace workspace, PrintStream out) {
        this.workspace = workspace;
        this.out = out;
    }

    /** What was run. */
    public record Result(int tests, int failures) {}

    public Result run(List<Suite> suites, boolean onlyDrills) throws InterruptedException, SQLException {
        long startedAt = System.nanoTime();
        var chosen = suites.stream()
                .map(suite -> onlyDrills ? suite.onlyDrills() : suite)
                .toList();
        int run = count(chosen);
        int excluded = count(suites) - run;
        var failures = failures(chosen);
        out.println();
        for (int i = 0; i < failures.size(); i++) {
            out.println("\n  " + (i + 1) + ") test " + failures.get(i));
        }
        var took = Duration.ofNanos(System.nanoTime() - startedAt);
        out.println(String.format(Locale.ROOT, "Finished in %.1f seconds", took.toMillis() / 1000.0));
        out.println(counted(run, "test") + ", " + counted(failures.size(), "failure")
                + (excluded == 0 ? "" : ", " + excluded + " excluded"));
        return new Result(run, failures.size());
    }

    private static int count(List<Suite> suites) {
        return suites.stream().mapToInt(suite -> suite.tests().size()).sum();
    }

    private List<String> failures(List<Suite> suites) throws InterruptedException, SQLException {
        var threads = Executors.newFixedThreadPool(suites.size());
        try (var service = new Service(workspace)) {
            var jobs = suites.stream()
                    .<Callable<List<String>>>map(suite -> () -> run(suite, service))
                    .toList();
            var failures = new ArrayList<String>();
            for (var job : threads.invokeAll(jobs)) {
                failures.addAll(job.get());
            }
            return failures;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the tests could not be run", broken);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> run(Suite suite, Service service) {
        var failures = new ArrayList<String>();
        for (var test : suite.tests()) {
            try {
                test.body().run(service);
                out.print(".");
            } catch (Exception | AssertionError failure) {
                out.print("F");
                var reason = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
                failures.add("%s\n     %s\n     %s\n".formatted(test.name(), suite.file(), reason));
            }
        }
        return failures;
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
