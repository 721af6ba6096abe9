package com.openagents.runbook.replica.checkout;

import com.openagents.runbook.replica.checkout.suite.Suites;
import com.openagents.runbook.replica.checkout.suite.TestLock;
import com.openagents.runbook.replica.checkout.suite.TestRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** The tasks that the runbook's sections 8 and 9 call, with the texts of contract 15.1. */
final class Mix {
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final String ONLY_DRILLS = "--only chaos_drill";

    private final Workspace workspace;
    private final PrintStream out;

    Mix(Workspace workspace, PrintStream out) {
        this.workspace = workspace;
        this.out = out;
    }

    /** Runs one task and answers its exit status. */
    int run(List<String> words) {
        try {
            task(words);
            return 0;
        } catch (MixError failure) {
            out.println(failure.getMessage());
            return 1;
        } catch (IOException | SQLException broken) {
            out.println("** (" + broken.getClass().getSimpleName() + ") " + broken.getMessage());
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void task(List<String> words) throws MixError, IOException, SQLException, InterruptedException {
        var task = words.isEmpty() ? "" : words.get(0);
        switch (task) {
            case "ecto.create" -> new Ecto(workspace, out).create();
            case "ecto.migrate" -> new Ecto(workspace, out).migrate();
            case "runtime.contract.check" -> contractCheck();
            case "test" -> test(words.subList(1, words.size()));
            case "ci" -> ci();
            case Drills.TASK -> drills();
            default -> throw new MixError("** (Mix) The task \"" + task + "\" could not be found");
        }
    }

    private void contractCheck() throws MixError, IOException {
        var problems = new ContractCheck(workspace.runtime()).problems();
        if (!problems.isEmpty()) {
            throw new MixError("** (Mix) runtime contract check failed:\n" + String.join("\n", problems));
        }
        out.println("runtime contract check passed");
    }

    private void ci() throws MixError, IOException, SQLException, InterruptedException {
        var sources = new SourceCheck(workspace.runtime());
        sources.formatted();
        out.println("Checked " + sources.compiled() + " source files");
        contractCheck();
        test(List.of());
    }

    private void test(List<String> arguments) throws MixError, IOException, SQLException, InterruptedException {
        boolean onlyDrills = String.join(" ", arguments).contains(ONLY_DRILLS);
        var files =
                arguments.stream().filter(argument -> argument.endsWith(".exs")).toList();
        var suites = Suites.in(files);
        if (suites.isEmpty()) {
            throw new MixError("** (Mix) Paths given to \"mix test\" did not match any directory/file: "
                    + String.join(", ", files));
        }
        var result = new TestRun(prepared(), out).run(suites, onlyDrills);
        if (result.failures() > 0) {
            throw new MixError("");
        }
    }

    private void drills() throws MixError, IOException, SQLException, InterruptedException {
        if (!new Drills(prepared(), out).run()) {
            throw new MixError("");
        }
    }

    /** What the alias of the task does first: the test database is there and migrated. */
    private Workspace prepared() throws MixError, SQLException {
        var test = workspace.inTest();
        var lock = TestLock.of(test, "postgres");
        try {
            var ecto = new Ecto(test, QUIET);
            ecto.create();
            ecto.migrate();
        } finally {
            lock.close();
        }
        return test;
    }
}
