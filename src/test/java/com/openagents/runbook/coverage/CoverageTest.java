package com.openagents.runbook.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
    private static final String RUNBOOK = """
            # A runbook

            ## 1 Daily checks

            - **1.1** Every pod is healthy. <!-- from ee2bcd87 598e3dd7 -->
            - **1.2** The autoscaler is
              stable. <!-- from 2d123386 -->

            ## 4 Common incidents

            ### 4E Circuit breaker open

            - **4E.3** Roll back if needed.
              *By a person: it is a judgement.*
            """;

    private static final String FEATURE = """
            @section-1 @check
            Feature: 1 Daily checks

              @statement:1.1 @severity:high
              Scenario: Every runtime pod is healthy
                Then every runtime pod is ready

              @statement:1.2 @severity:low
              Scenario: The autoscaler is calm
                Then the autoscaler is calm
            """;

    @TempDir
    private Path folder;

    private Path runbook;
    private Path features;

    @BeforeEach
    void write() throws IOException {
        runbook = Files.writeString(folder.resolve("runbook.md"), RUNBOOK);
        features = Files.createDirectory(folder.resolve("features"));
        feature(FEATURE);
        new Pins(runbook, features).write();
    }

    @Test
    void prose_and_scenarios_fit() {
        var coverage = coverage();

        assertThat(coverage.problems()).isEmpty();
        assertThat(coverage.lines())
                .containsExactly(
                        new Coverage.Line("1.1", "Every pod is healthy.", 1, 0, ""),
                        new Coverage.Line("1.2", "The autoscaler is stable.", 1, 0, ""),
                        new Coverage.Line("4E.3", "Roll back if needed.", 0, 0, "it is a judgement."))
                .allMatch(Coverage.Line::accounted);
        assertThat(coverage.sections()).containsEntry("4E", "Circuit breaker open");
    }

    @Test
    void every_statement_of_the_runbook_has_a_scenario_and_every_scenario_a_statement() {
        var coverage = Coverage.of(Path.of("docs/runbook.md"), Path.of("features"));

        assertThat(coverage.problems()).isEmpty();
        assertThat(coverage.lines()).isNotEmpty().allMatch(Coverage.Line::accounted);
    }

    @Test
    void a_removed_scenario_leaves_its_statement_bare() throws IOException {
        var text = Files.readString(features.resolve("01.feature"));
        feature(text.substring(0, text.indexOf("  @statement:1.2")));

        assertThat(coverage().problems())
                .contains("statement 1.2 has no scenario and no reason why a machine cannot check it: The autoscaler is"
                        + " stable.")
                .anyMatch(problem -> problem.contains("is pinned to 1.2, which none of its scenarios names"));
        assertThat(coverage().lines().get(1).accounted()).isFalse();
    }

    @Test
    void a_misspelt_tag_is_told_with_what_was_meant() throws IOException {
        feature(Files.readString(features.resolve("01.feature")).replace("@statement:1.2", "@statment:1.2"));

        assertThat(coverage().problems())
                .anyMatch(problem -> problem.contains("unknown tag @statment:1.2; did you mean '@statement:'?"))
                .anyMatch(problem -> problem.contains("'The autoscaler is calm' names no statement of the runbook"));
    }

    @Test
    void a_statement_that_does_not_exist_is_told() throws IOException {
        feature(Files.readString(features.resolve("01.feature")).replace("@statement:1.2", "@statement:1.22"));

        assertThat(coverage().problems())
                .anyMatch(
                        problem -> problem.contains("names statement 1.22, which the runbook does not have; did you"));
    }

    @Test
    void an_edited_statement_shows_itself_beside_the_scenarios_written_for_its_old_words() throws IOException {
        Files.writeString(runbook, RUNBOOK.replace("pod is healthy", "pod is healthy and new"));

        assertThat(coverage().problems())
                .singleElement()
                .asString()
                .contains("statement 1.1 changed, and 01.feature")
                .contains("the runbook says: Every pod is healthy and new.")
                .contains("Every runtime pod is healthy")
                .contains("Then every runtime pod is ready")
                .contains("./runbook coverage --pin");
    }

    @Test
    void another_layout_is_no_change() throws IOException {
        Files.writeString(runbook, RUNBOOK.replace("is\n  stable", "is stable"));

        assertThat(coverage().problems()).isEmpty();
    }

    @Test
    void pinning_again_accepts_the_words_as_they_are_and_keeps_the_rest() throws IOException {
        Files.writeString(runbook, RUNBOOK.replace("pod is healthy", "pod is healthy and new"));

        assertThat(new Pins(runbook, features).write()).containsExactly("01.feature");
        assertThat(coverage().problems()).isEmpty();
        assertThat(Files.readString(features.resolve("01.feature"))).endsWith(FEATURE);
        assertThat(new Pins(runbook, features).write()).isEmpty();
    }

    @Test
    void a_scenario_must_say_its_kind_its_severity_and_the_section_of_its_statement() throws IOException {
        feature("""
                @section-2
                Feature: 2

                  @statement:1.1 @statement:1.2
                  Scenario: Something
                    Then it is
                """);

        assertThat(coverage().problems())
                .anyMatch(problem -> problem.contains("is neither @check nor @drill"))
                .anyMatch(problem -> problem.contains("needs one @severity:"))
                .anyMatch(problem -> problem.contains("names statement 1.1 but is not tagged @section-1"));
    }

    @Test
    void two_scenarios_of_a_section_have_two_names() throws IOException {
        feature(FEATURE.replace("The autoscaler is calm\n", "Every runtime pod is Healthy\n"));

        assertThat(coverage().problems())
                .anyMatch(problem -> problem.endsWith("has the name of another scenario of its section"));
    }

    @Test
    void a_statement_for_people_that_a_scenario_names_is_told() throws IOException {
        feature(FEATURE.replace("@section-1", "@section-1 @section-4E").replace("@statement:1.2", "@statement:4E.3"));

        assertThat(coverage().problems())
                .contains("statement 4E.3 says that only a person can decide it, but a scenario names it");
    }

    @Test
    void the_published_runbook_says_what_is_new_changed_and_gone() {
        var published = """
                ## 1. Daily checks

                ```bash
                kubectl -n <NAMESPACE> get pods \\
                  -l app=runtime
                ```

                Expected outcome:
                - Pods are healthy.
                - HPA is quiet.
                - Nodes are healthy.
                """;

        assertThat(coverage().against(published))
                .satisfiesExactly(
                        changed -> assertThat(changed).startsWith("changed  1.2  now published as: HPA is quiet."),
                        fresh -> assertThat(fresh).startsWith("new      1  Nodes are healthy."));
        assertThat(coverage().against("## 1. Daily checks\n\n- Pods are healthy.\n- HPA is stable.\n"))
                .containsExactly(
                        "gone     1.1  in part (1 of 2 sentences) is no longer published: Every pod is healthy.");
    }

    private Coverage coverage() {
        return Coverage.of(runbook, features);
    }

    private void feature(String text) throws IOException {
        Files.writeString(features.resolve("01.feature"), text);
    }
}
