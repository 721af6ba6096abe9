package com.openagents.runbook.report;

import static com.openagents.runbook.report.VerdictTest.FINDING;
import static com.openagents.runbook.report.VerdictTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cucumber.messages.types.TestStepResultStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a waiver changes, and what it cannot change. */
class WaiverTest {
    private static final String PAST = "2026-11-01T00:00:00Z";
    private static final String FUTURE = "2027-01-01T00:00:00Z";

    private final SampleWaivers sample = new SampleWaivers();

    @ParameterizedTest
    @ValueSource(strings = {"Healthy", "1-healthy"})
    void a_waived_failure_lets_the_run_pass_and_keeps_its_finding(String scenario) throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waives(scenario, PAST, FUTURE));

        var only = VerdictTest.only(run);
        assertThat(only.verdict()).isEqualTo(Verdict.WAIVED);
        assertThat(only.waiver()).contains("W1");
        assertThat(only.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.finding()).contains(FINDING));
        assertThat(run.verdict()).isEqualTo(RunVerdict.WAIVED);
        assertThat(run.verdict().exitCode()).isZero();
    }

    @Test
    void a_waived_statement_covers_its_scenarios() throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waivesStatement("1.1", PAST, FUTURE));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.WAIVED);
    }

    @Test
    void what_could_not_be_checked_can_be_waived_and_keeps_its_reason() throws IOException {
        var run = played("Healthy", Outcome.cannotCheck("No kubeconfig"), sample.waives("Healthy", PAST, FUTURE));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.WAIVED);
        assertThat(VerdictTest.only(run).reason()).isEqualTo("No kubeconfig");
    }

    @Test
    void an_expired_waiver_leaves_it_failed_and_says_whose_it_was() throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waives("Healthy", PAST, "2026-11-24T06:00:00Z"));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(VerdictTest.only(run).reason())
                .isEqualTo("Waiver W1 (OPS-411, owner j.doe) expired 2026-11-24 06:00:00 UTC");
        assertThat(run.verdict()).isEqualTo(RunVerdict.FAILED);
        assertThat(run.waivers()).extracting(WaiverUse::state).containsExactly(WaiverUse.State.EXPIRED);
    }

    @Test
    void an_expired_waiver_leaves_it_incomplete_beside_its_reason() throws IOException {
        var run = played(
                "Healthy",
                Outcome.cannotCheck("No kubeconfig"),
                sample.waives("Healthy", "2026-10-01T00:00:00Z", PAST));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(VerdictTest.only(run).reason())
                .startsWith("No kubeconfig\nWaiver W1 (OPS-411, owner j.doe) expired");
    }

    @Test
    void a_waiver_that_has_not_begun_leaves_it_failed() throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waives("Healthy", "2026-11-24T06:00:01Z", FUTURE));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(VerdictTest.only(run).reason())
                .isEqualTo("Waiver W1 (OPS-411, owner j.doe) is not valid before 2026-11-24 06:00:01 UTC");
        assertThat(run.waivers()).extracting(WaiverUse::state).containsExactly(WaiverUse.State.NOT_YET_VALID);
    }

    @Test
    void a_waiver_counts_from_its_first_instant_on() throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waives("Healthy", SampleWaivers.START, FUTURE));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.WAIVED);
    }

    @Test
    void the_start_of_the_run_decides_and_not_its_length() throws IOException {
        var run = played(
                "Healthy",
                Outcome.finds(FINDING).in(3_600_000),
                sample.waives("Healthy", PAST, "2026-11-24T06:30:00Z"));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.WAIVED);
    }

    @Test
    void of_several_waivers_the_one_that_is_valid_and_ends_last_counts() throws IOException {
        var run = played(
                "Healthy",
                Outcome.finds(FINDING),
                sample.waives("Healthy", PAST, "2026-11-20T00:00:00Z")
                        .waives("Healthy", PAST, "2026-12-20T00:00:00Z")
                        .waivesStatement("1.1", PAST, FUTURE));

        assertThat(VerdictTest.only(run).waiver()).contains("W3");
        assertThat(run.waivers())
                .extracting(use -> use.waiver().id(), WaiverUse::state)
                .containsExactly(
                        tuple("W1", WaiverUse.State.EXPIRED),
                        tuple("W2", WaiverUse.State.WITHOUT_EFFECT),
                        tuple("W3", WaiverUse.State.WAIVED));
    }

    @Test
    void an_error_of_the_runbook_itself_cannot_be_waived() throws IOException {
        var run = played(
                "Healthy",
                Outcome.breaks("java.lang.IllegalStateException", "no client", ""),
                sample.waives("Healthy", PAST, FUTURE));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(VerdictTest.only(run).reason()).endsWith("an error of the runbook itself cannot be waived");
        assertThat(run.waivers()).extracting(WaiverUse::state).containsExactly(WaiverUse.State.WITHOUT_EFFECT);
    }

    @ParameterizedTest
    @CsvSource({"UNDEFINED", "PENDING", "AMBIGUOUS", "UNKNOWN", "PASSED"})
    void a_check_that_is_not_written_or_recorded_nothing_cannot_be_waived(TestStepResultStatus status)
            throws IOException {
        var run = played("Healthy", Outcome.of(status, "", ""), sample.waives("Healthy", PAST, FUTURE));

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void what_was_aborted_cannot_be_waived() throws IOException {
        var run = read(sample.waives("Healthy", PAST, FUTURE).maker().killed());

        assertThat(run.scenarios()).extracting(ScenarioResult::verdict).containsOnly(Verdict.ABORTED);
        assertThat(run.verdict()).isEqualTo(RunVerdict.ABORTED);
    }

    @Test
    void what_is_planned_cannot_be_waived_and_is_not_stale() throws IOException {
        var maker = sample.waives("Healthy", PAST, FUTURE)
                .when("pods", Outcome.finds(FINDING))
                .maker()
                .runFacts("{\"mode\":\"plan\",\"startedAt\":\"" + SampleWaivers.START + "\"}");

        var run = read(maker.play("Healthy").finished());

        assertThat(run.verdict()).isEqualTo(RunVerdict.PLANNED);
        assertThat(run.waivers()).isEmpty();
    }

    @Test
    void a_waiver_of_what_passes_is_stale_and_tells_its_owner() throws IOException {
        var run = played("Healthy", Outcome.passes().seeing("Pods"), sample.waives("Healthy", PAST, FUTURE));

        assertThat(run.verdict()).isEqualTo(RunVerdict.PASSED);
        assertThat(run.waivers()).singleElement().satisfies(use -> {
            assertThat(use.state()).isEqualTo(WaiverUse.State.STALE);
            assertThat(use.next()).isEqualTo("Whatever it covers passes: j.doe takes it out of the file of waivers.");
        });
        assertThat(new ConsoleSummary(false).of(run))
                .contains("waiver W1 (OPS-411, owner j.doe) for scenario Healthy: stale");
    }

    @Test
    void of_a_statement_only_what_was_run_is_known_to_pass() throws IOException {
        var run = played("Healthy", Outcome.passes().seeing("Pods"), sample.waivesStatement("1.1", PAST, FUTURE));

        assertThat(run.waivers())
                .extracting(WaiverUse::next)
                .containsExactly(
                        "Whatever it covers of this run passes: j.doe looks at a run of all of it, then takes it"
                                + " out of the file of waivers.");
    }

    @ParameterizedTest
    @CsvSource({"2026-12-08T06:00:00Z, true", "2026-12-08T06:00:01Z, false"})
    void a_warning_begins_14_days_before_the_end(String until, boolean warned) throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waives("Healthy", PAST, until));

        assertThat(run.waivers()).extracting(WaiverUse::endsSoon).containsExactly(warned);
        assertThat(new ConsoleSummary(false).of(run).contains("Ends within 14 days: j.doe"))
                .isEqualTo(warned);
    }

    @Test
    void a_waiver_of_what_is_not_part_of_the_run_is_not_reported() throws IOException {
        var run = played("Healthy", Outcome.passes().seeing("Pods"), sample.waives("Told", PAST, FUTURE));

        assertThat(run.waivers()).isEmpty();
    }

    @Test
    void a_record_without_a_time_waives_nothing() throws IOException {
        var waiver = "{\"waivers\":[{\"id\":\"W1\",\"scenario\":\"Healthy\",\"from\":\"yesterday\"}]}";
        var run = read(new RecordMaker(SampleWaivers.START)
                .runFacts()
                .attach(Waiver.MEDIA_TYPE, waiver)
                .feature("features/01.feature", VerdictTest.FEATURE)
                .when("pods", Outcome.finds(FINDING))
                .play("Healthy")
                .finished());

        assertThat(VerdictTest.only(run).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(run.problems())
                .extracting(Problem::text)
                .containsExactly("An attachment of the run cannot be read: " + Waiver.MEDIA_TYPE);
    }

    @Test
    void shards_that_name_the_same_waivers_name_them_once() throws IOException {
        var maker = sample.waives("Healthy", PAST, FUTURE)
                .when("pods", Outcome.finds(FINDING))
                .maker();
        sample.attach();

        var run = read(maker.play("Healthy").finished());

        assertThat(run.waivers()).hasSize(1);
        assertThat(run.frameworks()).hasSize(1);
    }

    @Test
    void nothing_proven_and_something_unchecked_is_not_let_pass_by_a_waiver() throws IOException {
        var maker = sample.waives("Healthy", PAST, FUTURE)
                .when("pods", Outcome.finds(FINDING))
                .maker()
                .runFacts("{\"mode\":\"run\",\"must\":[\"section-9\"],\"startedAt\":\"" + SampleWaivers.START + "\"}");

        var run = read(maker.play("Healthy").play("Calm").finished());

        assertThat(run.tally().text()).isEqualTo("1 incomplete, 1 waived");
        assertThat(run.verdict()).isEqualTo(RunVerdict.INCOMPLETE);
    }

    @Test
    void the_headline_never_says_passed_without_the_number_of_waived() throws IOException {
        var maker = sample.waives("Healthy", PAST, FUTURE)
                .when("pods", Outcome.finds(FINDING))
                .when("an autoscaler", Outcome.passes().seeing("Autoscaler"))
                .maker();

        var run = read(maker.play("Healthy").play("Calm").finished());
        var headline = new Headline(run, run.tally());

        assertThat(headline.title()).startsWith("Passed, 1 waived · runbook on staging");
        assertThat(headline.kind()).isEqualTo("waived");
        assertThat(headline.lead()).startsWith("1 of 2 passed, each on evidence shown below; 1 of 2 scenarios waived");
        assertThat(new ConsoleSummary(true).of(run))
                .contains("\u001b[1;36mPASSED, 1 WAIVED\u001b[0m  staging  1 waived, 1 passed");
    }

    @Test
    void the_finding_stands_in_full_beside_its_waiver_in_the_terminal() throws IOException {
        var run = played("Healthy", Outcome.finds(FINDING), sample.waives("Healthy", PAST, FUTURE));

        assertThat(new ConsoleSummary(false).of(run))
                .contains(FINDING.text())
                .contains("waived  W1 until 2027-01-01 00:00:00 UTC, OPS-411; owner j.doe, approved by m.roe;"
                        + " reason: the new node pool comes in December; risk: one pod fewer under load");
    }

    private static Run played(String scenario, Outcome outcome, SampleWaivers waivers) throws IOException {
        return read(waivers.when("pods", outcome).maker().play(scenario).finished());
    }
}
