package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as far as nothing is opened. */
class MainTest {
    @TempDir
    private Path output;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int runbook(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void an_unknown_environment_is_a_usage_error_with_a_suggestion() {
        assertThat(runbook("run", "--environment", "embeded", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no environment 'embeded'", "did you mean 'embedded'?");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void what_looks_like_a_secret_is_not_said_again() {
        assertThat(runbook("run", "--environment", "https://app:hunter2@host", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(runbook("run", "--no-such-option=ghp_16C7e42F292c6912E7710c838347Ae178B4a"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("https://[REDACTED]@host", "--no-such-option=[REDACTED]");
        assertThat(err.toString()).doesNotContain("hunter2", "ghp_");
    }

    @Test
    void a_selection_without_scenarios_is_a_usage_error() {
        assertThat(runbook("run", "--tags", "@nothing", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("No scenario is selected by (@nothing) and not @drill; nothing was run");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void a_shard_without_scenarios_is_a_usage_error_that_says_so() {
        assertThat(runbook("run", "--tags", "@statement:1.1", "--shard", "999/999", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "No scenario is selected by (@statement:1.1) and not @drill for shard 999/999; nothing was run");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void what_is_no_shard_is_a_usage_error() {
        assertThat(runbook("run", "--shard", "3/2", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--shard", "there is no shard 3 of 2");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void tags_that_are_no_expression_are_a_usage_error() {
        assertThat(runbook("run", "--tags", "@a and", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("--tags: ");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void there_is_nothing_to_start_in_a_live_environment() throws IOException {
        var file = Files.writeString(output.resolve("there.yaml"), """
                kind: live
                description: x
                systems:
                  prometheus: {url: "http://127.0.0.1:1"}
                """);

        assertThat(runbook("up", "--environment", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("There is nothing to start in there, which is live; ./runbook doctor --environment there");
    }

    @Test
    void a_profile_says_where_the_time_of_a_run_went(@TempDir Path files) throws IOException {
        var file = Files.writeString(files.resolve("bare.yaml"), """
                kind: live
                description: offers nothing
                systems:
                  prometheus: {url: "http://127.0.0.1:1"}
                """);

        runbook("run", "--environment", file.toString(), "--section", "1", "--output", output.toString(), "--profile");

        assertThat(out.toString().lines())
                .anySatisfy(line -> assertThat(line).matches("PART +CLOCK +PROCESSOR"))
                .anySatisfy(line -> assertThat(line).matches("start Java and the command line +\\d+ ms +\\d+ ms"))
                .anySatisfy(line -> assertThat(line).matches("rehearse +\\d+ ms +\\d+ ms"))
                .anySatisfy(line -> assertThat(line).matches("run the scenarios +\\d+ ms +\\d+ ms"))
                .anySatisfy(line -> assertThat(line).matches("all until now +\\d+ ms +\\d+ ms"));
    }

    @Test
    void an_unknown_fault_is_a_usage_error_with_a_suggestion() {
        assertThat(runbook("run", "--fault", "databse-down", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no fault 'databse-down'; did you mean 'database-down'?");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void a_fault_is_refused_where_systems_are_real() {
        assertThat(runbook(
                        "run",
                        "--environment",
                        "environments/live.example.yaml",
                        "--fault",
                        "database-down",
                        "--output",
                        output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--fault is for the embedded replica only");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void a_fault_that_stays_cannot_be_rehearsed() {
        assertThat(runbook("rehearse", "--fault", "database-down", "--output", output.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "The fault 'database-down' stays as long as its replica",
                        "./runbook run --fault database-down");
        assertThat(output).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --tags  | @a and    | --tags:
                    --until | @a and    | --until:
                    --until | @nothing  | No scenario is selected by (@section-4F) and (@nothing)
                    --tags  | not @alert and @statement:4F.3 and not @severity:high | --until asks prometheus
                    """)
    void a_rehearsal_that_could_not_end_does_not_begin(String option, String expression, String said) {
        assertThat(runbook(
                        "rehearse",
                        "--fault",
                        "unknown-kid",
                        "--section",
                        "4F",
                        option,
                        expression,
                        "--output",
                        output.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(said);
        assertThat(output).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "rehearse", "report", "diff", "environments", "faults", "doctor", "triage", "up"})
    void every_command_explains_itself(String command) {
        assertThat(runbook(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: runbook " + command);
    }

    @Test
    void the_environments_are_listed() {
        assertThat(runbook("environments")).isZero();
        assertThat(out.toString()).contains("embedded").doesNotContain("example", "wrong");
    }

    @Test
    void the_faults_are_listed() {
        assertThat(runbook("faults")).isZero();
        assertThat(out.toString()).contains("pod-crash-loop", "hpa-blind", "smoke-expired", "database-down");
    }

    @Test
    void an_unknown_option_is_a_usage_error() {
        assertThat(runbook("run", "--sektion", "1")).isEqualTo(2);
    }
}
