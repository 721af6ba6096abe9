package com.openagents.runbook.report;

import static com.openagents.runbook.report.VerdictTest.FEATURE;
import static com.openagents.runbook.report.VerdictTest.FINDING;
import static com.openagents.runbook.report.VerdictTest.only;
import static com.openagents.runbook.report.VerdictTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.cucumber.messages.types.Duration;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Exception;
import io.cucumber.messages.types.ParseError;
import io.cucumber.messages.types.SourceReference;
import io.cucumber.messages.types.TestRunHookFinished;
import io.cucumber.messages.types.TestStepResult;
import io.cucumber.messages.types.TestStepResultStatus;
import io.cucumber.messages.types.Timestamp;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a whole run amounts to, also where its record is damaged. */
class RunVerdictTest {
    private final RecordMaker maker =
            new RecordMaker("2026-11-24T06:00:00Z").runFacts().feature("features/01.feature", FEATURE);

    @Test
    void what_the_environment_does_not_require_may_stay_incomplete() throws IOException {
        var other = requiring("section-9");

        assertThat(other.verdict()).isEqualTo(RunVerdict.PASSED);
        assertThat(other.verdict().exitCode()).isZero();
        assertThat(other.tally().text()).isEqualTo("1 incomplete, 1 passed");
        assertThat(new Headline(other, other.tally()).lead())
                .isEqualTo("Every scenario that the environment requires passed, each on evidence shown below;"
                        + " 1 of 2 scenarios could not be checked.");
    }

    @Test
    void what_the_environment_requires_may_not_stay_incomplete() throws IOException {
        assertThat(requiring("section-1").verdict()).isEqualTo(RunVerdict.INCOMPLETE);
        assertThat(requiring("severity:low", "section-1").verdict().exitCode()).isEqualTo(3);
    }

    @Test
    void a_run_that_could_check_nothing_proves_too_little_whatever_is_required() throws IOException {
        var run = read(new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts("{\"mode\":\"run\",\"must\":[\"section-9\"]}")
                .feature("features/01.feature", FEATURE)
                .play("Healthy")
                .finished());

        assertThat(run.verdict()).isEqualTo(RunVerdict.INCOMPLETE);
    }

    @Test
    void what_a_drill_left_changed_fails_the_run() throws IOException {
        var run = read(new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts()
                .feature("features/01.feature", FEATURE)
                .playAll()
                .attach(
                        "application/vnd.openagents.left-changed+json",
                        "{\"problem\":\"not everything could be put back\"}")
                .finished());

        assertThat(run.verdict()).isEqualTo(RunVerdict.FAILED);
        assertThat(run.problems()).extracting(Problem::text).containsExactly("not everything could be put back");
    }

    /** One scenario that passes and one that does not see anything. */
    private static Run requiring(String... must) throws IOException {
        var tags = String.join("\",\"", must);
        return read(new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts("{\"mode\":\"run\",\"must\":[\"" + tags + "\"]}")
                .feature("features/01.feature", FEATURE)
                .when("pods", Outcome.passes().seeing("Pods"))
                .play("Healthy")
                .play("Calm")
                .finished());
    }

    @Test
    void nothing_selected_is_an_error() throws IOException {
        var run = read(maker.finished());

        assertThat(run.verdict()).isEqualTo(RunVerdict.NOTHING_SELECTED);
        assertThat(run.verdict().exitCode()).isEqualTo(2);
    }

    @Test
    void a_killed_run_is_aborted_and_keeps_what_it_found() throws IOException {
        maker.when("pods", Outcome.passes().seeing("Pods"))
                .when("they are ready", Outcome.finds(FINDING))
                .play("Healthy");

        var run = read(maker.killed());

        assertThat(run.scenarios())
                .extracting(ScenarioResult::verdict)
                .containsExactly(Verdict.FAILED, Verdict.ABORTED);
        assertThat(run.scenarios().get(1).reason()).isEqualTo("Not started: the run ended before it");
        assertThat(run.scenarios().get(1).started()).isEmpty();
        assertThat(run.verdict().exitCode()).isEqualTo(130);
    }

    @Test
    void a_record_cut_inside_a_line_is_read_as_far_as_it_goes() throws IOException {
        var whole = maker.when("pods", Outcome.passes().seeing("Pods"))
                .play("Healthy")
                .killed();
        int cut = whole.lastIndexOf("{\"testStepFinished\"") + 30;

        var run = read(whole.substring(0, cut));

        assertThat(run.scenarios().get(0).verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(run.scenarios().get(0).reason()).isEqualTo("The run ended at: Then they are ready");
        assertThat(run.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).startsWith("The record breaks off in line"));
    }

    @Test
    void a_damaged_line_in_the_middle_keeps_the_run_from_passing() throws IOException {
        var record = maker.when("pods", Outcome.passes().seeing("Pods"))
                .play("Healthy")
                .finished();

        var run = read(record.replaceFirst("\n", "\n{\"pick\n"));

        assertThat(only(run).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(run.problems()).extracting(Problem::text).containsExactly("Line 2 of the record cannot be read");
        assertThat(run.verdict()).isEqualTo(RunVerdict.INCOMPLETE);
    }

    @Test
    void a_record_that_does_not_say_what_was_checked_cannot_pass() throws IOException {
        var anonymous = new RecordMaker("2026-11-24T06:00:00Z")
                .feature("features/01.feature", FEATURE)
                .when("pods", Outcome.passes().seeing("Pods"));

        var run = read(anonymous.play("Healthy").finished());

        assertThat(run.verdict()).isEqualTo(RunVerdict.INCOMPLETE);
    }

    @Test
    void a_plan_is_planned_whatever_its_steps_did() throws IOException {
        var plan = new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts("{\"runId\":\"r1\",\"environment\":\"embedded\",\"mode\":\"plan\"}")
                .feature("features/01.feature", FEATURE)
                .when("pods", Outcome.passes().seeing("Pods"))
                .when("an autoscaler", Outcome.cannotCheck("Would scale runtime from 3 to 4 pods"));

        var run = read(plan.playAll().finished());

        assertThat(run.scenarios()).extracting(ScenarioResult::verdict).containsOnly(Verdict.PLANNED);
        assertThat(run.scenarios().get(1).reason()).isEqualTo("Would scale runtime from 3 to 4 pods");
        assertThat(run.verdict()).isEqualTo(RunVerdict.PLANNED);
    }

    @Test
    void a_feature_that_cannot_be_parsed_fails_the_run() throws IOException {
        maker.when("pods", Outcome.passes().seeing("Pods"))
                .play("Healthy")
                .write(Envelope.of(new ParseError(SourceReference.of("features/02.feature"), "(3:1): expected: #EOF")));

        assertThat(read(maker.finished()).verdict()).isEqualTo(RunVerdict.FAILED);
    }

    @Test
    void a_hook_of_the_run_that_breaks_fails_the_run() throws IOException {
        var exception = new Exception("java.io.IOException", "cannot undo", "");
        var result = new TestStepResult(new Duration(0L, 0L), null, TestStepResultStatus.FAILED, exception);
        maker.when("pods", Outcome.passes().seeing("Pods"))
                .play("Healthy")
                .write(Envelope.of(new TestRunHookFinished("h", result, new Timestamp(1_795_500_000L, 0L))));

        var run = read(maker.finished());

        assertThat(run.verdict()).isEqualTo(RunVerdict.FAILED);
        assertThat(run.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("cannot undo"));
    }

    @Test
    void the_run_begins_when_it_says_and_not_when_its_engine_does() throws IOException {
        maker.runFacts("{\"runId\":\"r1\",\"environment\":\"embedded\",\"startedAt\":\"2026-11-24T05:59:30Z\"}");

        assertThat(read(maker.finished()).took()).isEqualTo(java.time.Duration.ofSeconds(30));
    }
}
