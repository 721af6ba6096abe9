package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffCommandTest {
    @TempDir
    private Path output;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int diff(String before, String after) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("diff", "--output", output.toString(), before, after);
    }

    private int diff(PlayedRun before, PlayedRun after) throws IOException {
        before.in(output);
        after.in(output);
        return diff("20261124T060000Z", "20261125T060000Z");
    }

    @Test
    void everything_that_can_differ_is_named() throws IOException {
        var before = PlayedRun.on(24)
                .passes("Breaks")
                .fails("Stays broken")
                .fails("Is mended")
                .passes("Disappears from sight")
                .cannotCheck("Comes into sight")
                .passes("Gets slow", 400)
                .passes("Goes away")
                .passes("As before");
        var after = PlayedRun.on(25)
                .fails("Breaks")
                .fails("Stays broken")
                .passes("Is mended")
                .cannotCheck("Disappears from sight")
                .passes("Comes into sight")
                .passes("Gets slow", 4_000)
                .passes("Comes new")
                .passes("As before");

        assertThat(diff(before, after)).isEqualTo(1);
        assertThat(out).hasToString("""
                Before: 20261124T060000Z  staging  failed  2 failed, 1 incomplete, 5 passed
                After:  20261125T060000Z  staging  failed  2 failed, 1 incomplete, 5 passed

                new (1)
                  1 Breaks
                    Breaks is not well

                still failing (1)
                  1 Stays broken
                    Stays broken is not well

                newly incomplete (1)
                  1 Disappears from sight
                    nobody answered

                fixed (1)
                  1 Is mended

                checked again (1)
                  1 Comes into sight

                added (1)
                  1 Comes new: passed

                removed (1)
                  1 Goes away: passed

                slower (1)
                  1 Gets slow: 0.4 s, now 4.0 s

                Something got worse.
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "passes, passes, 0",
        "fails, passes, 0",
        "fails, fails, 0",
        "incomplete, passes, 0",
        "incomplete, incomplete, 0",
        "passes, fails, 1",
        "incomplete, fails, 1",
        "passes, incomplete, 1",
        "fails, incomplete, 1",
        "passes, killed, 1",
        "killed, passes, 0"
    })
    void the_exit_code_tells_whether_something_got_worse(String before, String after, int exit) throws IOException {
        assertThat(diff(run(24, before), run(25, after))).isEqualTo(exit);
    }

    private static PlayedRun run(int day, String what) {
        var run = PlayedRun.on(day).passes("Another");
        return switch (what) {
            case "passes" -> run.passes("A pod");
            case "fails" -> run.fails("A pod");
            case "incomplete" -> run.cannotCheck("A pod");
            default -> run.passes("A pod").killed();
        };
    }

    @Test
    void a_problem_of_the_run_itself_is_worse_too() throws IOException {
        var after = PlayedRun.on(25)
                .passes("A pod")
                .attached("application/vnd.openagents.left-changed+json", "{\"problem\":\"2 pods are left\"}");

        assertThat(diff(PlayedRun.on(24).passes("A pod"), after)).isEqualTo(1);
        assertThat(out.toString()).contains("the run itself (1)\n  2 pods are left");
    }

    @Test
    void a_plan_has_no_results() throws IOException {
        assertThat(diff(
                        PlayedRun.on(24).passes("A pod"),
                        PlayedRun.on(25).passes("A pod").fact("mode", "plan")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("Note: the runs have different modes", "planned (1)\n  1 A pod\n");
    }

    @Test
    void that_the_runs_are_less_comparable_is_said() throws IOException {
        assertThat(diff(
                        PlayedRun.on(24).passes("A pod"),
                        PlayedRun.on(25).passes("A pod").fact("featureHash", "beef")))
                .isZero();
        assertThat(out.toString())
                .contains("Note: the runs have different feature files")
                .contains("Nothing got worse.");
    }

    @Test
    void the_newest_run_has_a_name() throws IOException {
        PlayedRun.on(24).passes("A pod").in(output);
        PlayedRun.on(25).fails("A pod").in(output);
        Files.createSymbolicLink(output.resolve("latest"), Path.of("20261125T060000Z"));

        assertThat(diff("20261124T060000Z", "latest")).isEqualTo(1);
        assertThat(out.toString()).contains("After:  20261125T060000Z");
    }

    @Test
    void an_unknown_run_is_a_usage_error() throws IOException {
        PlayedRun.on(24).passes("A pod").in(output);

        assertThat(diff("20261124T060000Z", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no run 'yesterday'", "known are: 20261124T060000Z");
    }
}
