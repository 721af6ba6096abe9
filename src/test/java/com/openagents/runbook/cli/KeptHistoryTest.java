package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs against an environment that names no cluster, so that nothing can be checked and all is quick. */
class KeptHistoryTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path environment;
    private Path history;

    @BeforeEach
    void describe_the_environment() throws IOException {
        environment = Files.writeString(folder.resolve("nowhere.yaml"), """
                kind: live
                description: nothing is there
                systems:
                  prometheus: {url: "http://127.0.0.1:1"}
                """);
        history = folder.resolve("history");
    }

    private int run(String... more) {
        var arguments = new ArrayList<>(List.of(
                "run",
                "--section",
                "1",
                "--environment",
                environment.toString(),
                "--output",
                folder.resolve("runs").toString(),
                "--history",
                history.toString()));
        arguments.addAll(List.of(more));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private Run latest() throws IOException {
        return RunRecord.read(folder.resolve("runs/latest"));
    }

    @Test
    void a_run_is_compared_with_the_runs_before_and_exported_where_that_is_asked_for() throws IOException {
        assertThat(run()).isEqualTo(3);
        assertThat(latest().earlier().runs()).isEmpty();
        assertThat(folder.resolve("runs/latest/oscal.json")).doesNotExist();
        assertThat(run("--oscal")).isEqualTo(3);

        assertThat(Files.readAllLines(history.resolve("nowhere.ndjson"))).hasSize(2);
        assertThat(latest().earlier().runs())
                .singleElement()
                .satisfies(past -> assertThat(past.verdict()).isEqualTo(RunVerdict.INCOMPLETE));
        assertThat(folder.resolve("runs/latest/oscal.json")).exists();
        assertThat(out.toString()).containsPattern("Since the runs before: \\d+ still incomplete\n");
    }

    @Test
    void a_history_that_cannot_be_kept_changes_no_verdict() throws IOException {
        Files.writeString(history, "a file where the folder should be");

        assertThat(run()).isEqualTo(3);

        assertThat(err.toString())
                .containsOnlyOnce("The run is not remembered: ")
                .doesNotContain("\tat ", "Exception");
        assertThat(latest().verdict()).isEqualTo(RunVerdict.INCOMPLETE);
    }

    @Test
    void lines_that_are_no_runs_are_said() throws IOException {
        Files.createDirectories(history);
        Files.writeString(history.resolve("nowhere.ndjson"), "half a li");

        assertThat(run()).isEqualTo(3);

        assertThat(err.toString()).contains("A line of the history is no run and was passed over");
        assertThat(latest().earlier().note()).contains("passed over");
    }

    @Test
    void a_plan_is_not_remembered() {
        var kept = new KeptHistory();
        new CommandLine(kept).parseArgs("--history", history.toString());

        kept.end(PlayedRun.on(24).passes("A pod").fact("mode", "plan").run());
        assertThat(history).doesNotExist();
        kept.end(PlayedRun.on(24).passes("A pod").run());
        assertThat(history.resolve("staging.ndjson")).exists();
    }
}
