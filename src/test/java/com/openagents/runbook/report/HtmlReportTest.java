package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Evidence;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void reads_in_the_order_an_auditor_asks() throws IOException {
        assertThat(html(SampleRecord.finished()))
                .containsSubsequence(
                        "id=\"identity\"",
                        "id=\"coverage\"",
                        "id=\"findings\"",
                        "id=\"incomplete\"",
                        "id=\"scenarios\"",
                        "id=\"phases\"",
                        "id=\"reading\"");
    }

    @Test
    void says_everything_without_script() throws IOException {
        var text = PageText.of(html(SampleRecord.finished()));

        assertThat(text)
                .contains("Failed on production")
                .contains("2 of 13 scenarios failed, 3 could not be checked.")
                .contains("4be1c9d2-0f0a-4f3e-9b6c-2f5d8f0a7a11")
                .contains("Expected Runtime pods are healthy")
                .contains("Seen 1 of 3 pods is not ready")
                .contains("Next check pod restarts and recent deploys (runbook 3.2)")
                .contains("See it kubectl --context gke-prod -n openagents describe pod runtime-2")
                .contains("This environment names no Grafana.")
                .contains("preflight: permissions 412 ms");
    }

    @Test
    void the_same_record_gives_the_same_bytes() throws IOException {
        assertThat(html(SampleRecord.finished())).isEqualTo(html(SampleRecord.finished()));
    }

    @Test
    void the_same_answer_is_shown_once_and_referred_to_after_that() throws IOException {
        var html = html(SampleRecord.finished());

        assertThat(html.split("openagents_runtime_test</td>", -1)).hasSize(2);
        assertThat(html.split("Saw the same as <a href=\"#e10\">E10</a> again", -1))
                .hasSize(4);
    }

    @Test
    void waivers_say_who_answers_until_when_and_what_is_to_be_done() throws IOException {
        assertThat(PageText.of(html(SampleWaivers.record())))
                .containsSubsequence(
                        "Findings",
                        "1 of 3 pods is not ready",
                        "waived W1 until 2027-01-01 00:00:00 UTC, OPS-411; owner j.doe, approved by m.roe",
                        "Waivers",
                        "Expired W4 · OPS-414 · expired · ended 2026-11-20 00:00:00 UTC",
                        "Ending within 14 days W2 · OPS-412 · waived · ends 2026-12-05 00:00:00 UTC",
                        "The Job runtime-smoke is gone",
                        "Waived W1 · OPS-411",
                        "Owner j.doe Approved by m.roe Reason the new node pool comes in December",
                        "Stale W3 · OPS-413",
                        "Not valid yet W5 · OPS-415")
                .doesNotContain("Elsewhere");
    }

    @Test
    void controls_show_their_counts_and_the_gaps_on_both_sides() throws IOException {
        assertThat(PageText.of(html(SampleWaivers.record())))
                .contains("SOC 2, Trust Services Criteria 2017. 2 of 4 controls have no scenario in this run.")
                .contains("A1.3 Recovery is rehearsed gap: not part of this run (9 in the runbook)")
                .contains("CC7.4 Incidents are answered gap: nothing in the runbook stands for it")
                .contains("1 scenario of this run stands for no control of this framework: Told");
        assertThat(html(SampleWaivers.record())).contains("aria-label=\"1.1, Healthy: waived\">1.1</a>");
    }

    @Test
    void a_control_shows_how_many_of_its_scenarios_were_run() throws IOException {
        assertThat(PageText.of(html(PlayedRun.on(24).passes("A pod").known(9).record())))
                .contains("CC7.2 What happens is watched 0 0 1 1 of 9");
    }

    @Test
    void critical_findings_come_first() throws IOException {
        var feature = """
                @section-1
                Feature: 1 Daily

                  @severity:low
                  Scenario: Low
                    Given broken

                  @severity:critical
                  Scenario: Critical
                    Given broken
                """;
        var record = new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts()
                .feature("features/01.feature", feature)
                .when("broken", Outcome.breaks("java.io.IOException", "gone", ""))
                .playAll()
                .finished();

        assertThat(PageText.of(html(record)).replaceAll("(?s)^.*?Findings \\(2\\)", ""))
                .containsSubsequence("F1", "Scenario Critical", "F2", "Scenario Low");
    }

    @Test
    void a_section_of_which_nothing_was_selected_shows_as_a_gap() throws IOException {
        var record = new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts()
                .feature("features/01.feature", "@section-1\nFeature: 1 Daily\nScenario: Healthy\n Given pods\n")
                .feature("features/07.feature", "@section-7\nFeature: 7 Rollback policy\nScenario: Back\n Given pods\n")
                .when("pods", Outcome.passes().seeing("Pods", "kubernetes", "kubectl get pods", "", Map.of()))
                .play("Healthy")
                .finished();

        assertThat(PageText.of(html(record))).contains("7 Rollback policy not part of this run");
    }

    @Test
    void what_was_looked_at_after_a_finding_stands_under_the_failed_step_once() throws IOException {
        var feature = """
                @section-1
                Feature: 1 Daily

                  Scenario: One
                    Given broken

                  Scenario: Other
                    Given broken
                """;
        var seen = Outcome.finds(VerdictTest.FINDING)
                .seeing(
                        "State of pod runtime-2",
                        "kubernetes",
                        "kubectl describe",
                        "",
                        Map.of(),
                        "pod | exit",
                        "runtime-2 | 137");
        var record = new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts()
                .feature("features/01.feature", feature)
                .when("broken", seen)
                .playAll()
                .finished()
                .replace(Evidence.MEDIA_TYPE, Evidence.AFTERWARDS_MEDIA_TYPE);

        var html = html(record);

        assertThat(html)
                .containsOnlyOnce("<td>137</td>")
                .contains("<details class=\"after\"><summary>What was looked at after the finding (1 look)</summary>")
                .contains("The same as <a href=\"#e1\">E1</a>: State of pod runtime-2");
        assertThat(RunRecord.read(new StringReader(record)).scenarios())
                .allSatisfy(scenario -> assertThat(scenario.steps())
                        .singleElement()
                        .satisfies(step -> {
                            assertThat(step.evidence()).isEmpty();
                            assertThat(step.afterwards()).hasSize(1);
                        }));
    }

    private static String html(String record) throws IOException {
        var html = new StringWriter();
        HtmlReport.write(RunRecord.read(new StringReader(record)), html);
        return html.toString();
    }
}
