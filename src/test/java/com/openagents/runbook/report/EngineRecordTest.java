package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cucumber.core.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rules on a record that the real engine wrote. */
class EngineRecordTest {
    private static final String FEATURE = """
            @section-4a
            Feature: 4.A Stream completion ratio drops

              Background:
                Given a system

              @statement:4A.1
              Scenario: Passes with evidence
                Then it is seen

              Scenario: Passes without
                Then nothing is recorded

              Scenario: Finds something
                Then it is seen
                And a pod is missing

              Scenario: Breaks
                Then the step breaks

              Scenario: Cannot
                Then the system is missing
                And it is seen

              Scenario: Unwritten
                Then nobody wrote this

              Scenario: Leaves a mess
                Then it is seen
                And it cannot be undone

              @left-out
              Scenario: Left out
                Then it is seen

              Scenario Outline: Outline <n>
                Then it is seen
                Examples:
                  | n |
                  | 1 |
                  | 2 |
            """;

    @TempDir
    private Path folder;

    @Test
    void reads_what_the_engine_writes() throws IOException {
        var feature = Files.writeString(folder.resolve("04a.feature"), FEATURE);

        Main.run(
                new String[] {
                    "--no-summary",
                    "--object-factory",
                    "io.cucumber.core.backend.DefaultObjectFactory",
                    "--glue",
                    "com.openagents.runbook.report.played",
                    "--plugin",
                    "message:" + folder.resolve(RunRecord.FILE),
                    "--tags",
                    "not @left-out",
                    feature.toString()
                },
                Thread.currentThread().getContextClassLoader());

        var run = RunRecord.read(folder);
        assertThat(run.finished()).isTrue();
        assertThat(run.sections())
                .extracting(Section::id, Section::title)
                .containsExactly(tuple("4a", "4.A Stream completion ratio drops"));
        assertThat(run.scenarios())
                .extracting(ScenarioResult::name, ScenarioResult::verdict)
                .containsExactly(
                        tuple("Passes with evidence", Verdict.PASSED),
                        tuple("Passes without", Verdict.INCOMPLETE),
                        tuple("Finds something", Verdict.FAILED),
                        tuple("Breaks", Verdict.FAILED),
                        tuple("Cannot", Verdict.INCOMPLETE),
                        tuple("Unwritten", Verdict.INCOMPLETE),
                        tuple("Leaves a mess", Verdict.FAILED),
                        tuple("Outline 1", Verdict.PASSED),
                        tuple("Outline 2", Verdict.PASSED));
        assertThat(run.scenarios().get(2).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.finding())
                        .hasValueSatisfying(
                                finding -> assertThat(finding.seen()).isEqualTo("2 of 3 are there")));
        assertThat(run.scenarios().get(4).reason()).isEqualTo("No database");
        assertThat(run.scenarios().get(6).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.step()).isEqualTo("After undo");
            assertThat(failure.message()).isEqualTo("still scaled to 4");
        });
        assertThat(run.scenarios().get(0).steps())
                .extracting(StepResult::keyword)
                .containsExactly("Given", "Then");
    }
}
