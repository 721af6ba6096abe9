package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Finding;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleSummaryTest {

    @Test
    void findings_come_first_word_for_word_and_the_verdict_last() throws IOException {
        var text = new ConsoleSummary(false).of(read(SampleRecord.finished()));

        assertThat(text)
                .startsWith("""
                        Runtime pods are healthy: 1 of 3 pods is not ready
                          runtime-2   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago
                          not ready since 2026-11-24 05:41 UTC; memory limit 2Gi
                        Next (runbook 3.2): check pod restarts and recent deploys
                        See it: kubectl --context gke-prod -n openagents describe pod runtime-2
                        """)
                .endsWith("FAILED  production  2 failed, 3 incomplete, 8 passed  in 1 min 29 s\n")
                .doesNotContain("\u001b");
    }

    @Test
    void colours_change_nothing_but_the_colour() throws IOException {
        var run = read(SampleRecord.finished());
        var coloured = new ConsoleSummary(true).of(run);

        assertThat(coloured).contains("\u001b[1;31mFAILED\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(new ConsoleSummary(false).of(run));
    }

    @Test
    void a_finding_cannot_steer_the_terminal() throws IOException {
        var finding = new Finding("Pods", "gone\u001b[2J", List.of("\u001b]0;x\u0007"), "1", "look", "kubectl");
        var record = new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts()
                .feature("features/01.feature", "Feature: 1 Daily\nScenario: Healthy\n Given pods\n")
                .when("pods", Outcome.finds(finding))
                .playAll()
                .finished();

        assertThat(new ConsoleSummary(true).of(read(record)).replaceAll("\u001b\\[(0|1;\\d\\d)m", ""))
                .contains("Pods: gone\n")
                .doesNotContain("\u001b");
    }

    @Test
    void one_reason_for_many_scenarios_is_said_once() throws IOException {
        var text = new ConsoleSummary(false).of(read(SampleRecord.killed()));

        assertThat(text.split("Not started", -1)).hasSize(2);
        assertThat(text).contains("and 3 more");
    }

    private static Run read(String record) throws IOException {
        return RunRecord.read(new StringReader(record));
    }
}
