package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Finding;
import io.cucumber.messages.types.TestStepResultStatus;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scenario amounts to. */
class VerdictTest {
    static final String FEATURE = """
            @section-1 @check
            Feature: 1 Daily checks

              @statement:1.1 @severity:critical
              Scenario: Healthy
                Given pods
                Then they are ready

              Scenario: Calm
                Given an autoscaler
            """;
    static final Finding FINDING = new Finding(
            "Runtime pods are healthy",
            "1 of 3 pods is not ready",
            List.of("runtime-2   CrashLoopBackOff"),
            "3.2",
            "check pod restarts",
            "kubectl describe pod runtime-2");

    private final RecordMaker maker =
            new RecordMaker("2026-11-24T06:00:00Z").runFacts().feature("features/01.feature", FEATURE);

    @Test
    void all_steps_passed_with_evidence_is_passed() throws IOException {
        maker.when("pods", Outcome.passes().seeing("Pods"));

        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(run.verdict()).isEqualTo(RunVerdict.PASSED);
        assertThat(run.verdict().exitCode()).isZero();
    }

    @Test
    void all_steps_passed_without_evidence_is_incomplete() throws IOException {
        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(only(run).reason()).startsWith("No evidence");
        assertThat(run.verdict().exitCode()).isEqualTo(3);
    }

    @Test
    void evidence_that_cannot_be_read_is_no_evidence() throws IOException {
        var broken = new Outcome(TestStepResultStatus.PASSED, 1, "", "", "", List.of("{\"title\":\"Pods\"}"));

        var run = read(maker.when("pods", broken).play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(run.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("Healthy"));
    }

    @Test
    void a_finding_is_failed_and_read_back() throws IOException {
        maker.when("pods", Outcome.passes().seeing("Pods")).when("they are ready", Outcome.finds(FINDING));

        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(only(run).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.finding()).contains(FINDING);
            assertThat(failure.step()).isEqualTo("Then they are ready");
            assertThat(failure.stack()).isEmpty();
        });
        assertThat(run.verdict().exitCode()).isEqualTo(1);
    }

    @Test
    void an_error_of_the_runbook_is_failed_without_a_finding() throws IOException {
        maker.when("pods", Outcome.breaks("java.lang.IllegalStateException", "no client", "\n\tat some.Step.run"));

        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(only(run).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.finding()).isEmpty();
            assertThat(failure.headline()).isEqualTo("no client");
            assertThat(failure.stack()).contains("some.Step.run");
        });
    }

    @Test
    void what_could_not_be_checked_is_incomplete_with_the_reason() throws IOException {
        maker.when("pods", Outcome.cannotCheck("No kubeconfig: set systems.kubernetes.kubeconfig"));

        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(only(run).reason()).isEqualTo("No kubeconfig: set systems.kubernetes.kubeconfig");
        assertThat(run.verdict()).isEqualTo(RunVerdict.INCOMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "UNDEFINED, No step definition for: pods",
        "AMBIGUOUS, More than one step definition for: pods",
        "PENDING, The step definition is not written yet: pods",
        "SKIPPED, Skipped without a reason: pods",
        "UNKNOWN, The record holds no result for: pods"
    })
    void a_step_that_did_not_run_makes_it_incomplete(TestStepResultStatus status, String reason) throws IOException {
        maker.when("pods", Outcome.of(status, "", "").seeing("Pods"));

        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(only(run).reason()).isEqualTo(reason);
    }

    @Test
    void of_several_attempts_the_worst_counts() throws IOException {
        maker.when("pods", Outcome.passes().seeing("Pods")).when("they are ready", Outcome.finds(FINDING));
        maker.play("Healthy").when("they are ready", Outcome.passes());

        var run = read(maker.play("Healthy").finished());

        assertThat(only(run).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_scenario_that_was_not_selected_counts_nowhere() throws IOException {
        maker.when("pods", Outcome.passes().seeing("Pods"));

        var run = read(maker.play("Healthy").finished());

        assertThat(run.scenarios()).extracting(ScenarioResult::name).containsExactly("Healthy");
    }

    @Test
    void tags_tell_severity_and_statements() throws IOException {
        var scenario = only(read(maker.play("Healthy").finished()));

        assertThat(scenario.severity()).isEqualTo("critical");
        assertThat(scenario.statements()).containsExactly("1.1");
        assertThat(scenario.section()).isEqualTo("1");
        assertThat(scenario.id()).isEqualTo("1-healthy");
        assertThat(scenario.location()).isEqualTo("features/01.feature:5");
        assertThat(scenario.drill()).isFalse();
    }

    static Run read(String record) throws IOException {
        return RunRecord.read(new StringReader(record));
    }

    static ScenarioResult only(Run run) {
        assertThat(run.scenarios()).hasSize(1);
        return run.scenarios().get(0);
    }
}
