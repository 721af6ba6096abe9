package com.openagents.runbook.assertions;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.Autoscaler;
import com.openagents.runbook.system.kubernetes.Autoscaler.Condition;
import com.openagents.runbook.system.kubernetes.Autoscaler.Rescale;
import com.openagents.runbook.system.kubernetes.DisruptionBudget;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.GateRun.Outcome;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rollout, budget, autoscaler and gate: the edges where each judgement turns. */
class ClusterAssertsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Kubectl KUBECTL = new Kubectl("", "openagents");
    private static final Duration WINDOW = Duration.ofMinutes(30);

    @ParameterizedTest
    @CsvSource({"true, true, 0, true", "true, true, 1, false", "true, false, 0, false", "false, true, 0, false"})
    void a_rollout_is_complete_when_every_pod_has_it(boolean exists, boolean seen, int outdated, boolean complete) {
        var rollout = rollout(exists, seen, outdated, NOW);

        if (complete) {
            assertThatCode(() -> assertThat(rollout).isComplete()).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> assertThat(rollout).isComplete()).isInstanceOf(FindingError.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 1, 1, true",
        "true, true, 0, 1, false",
        "true, false, 1, 1, false",
        "false, true, 1, 1, false"
    })
    void a_budget_is_met_when_enough_pods_are_healthy(
            boolean exists, boolean seen, int healthy, int needed, boolean met) {
        var budget = new DisruptionBudget(exists, seen, healthy, needed, 0, NOW, KUBECTL);

        if (met) {
            assertThatCode(() -> assertThat(budget).isMet()).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> assertThat(budget).isMet()).isInstanceOf(FindingError.class);
        }
    }

    @Test
    void an_autoscaler_without_a_condition_is_not_fine() {
        assertThatThrownBy(() -> assertThat(autoscaler(2, 2, Map.of())).isAbleToScale())
                .hasMessageContaining("it has no condition AbleToScale yet");
    }

    @Test
    void a_false_condition_is_told_with_reason_and_since_when() {
        var blind = new Condition(false, "FailedGetResourceMetric", "no metrics returned", NOW.minusSeconds(300));

        assertThatThrownBy(() -> assertThat(autoscaler(2, 2, Map.of("ScalingActive", blind)))
                        .isActive())
                .hasMessageContaining("ScalingActive is false since 5 min ago")
                .hasMessageContaining("FailedGetResourceMetric: no metrics returned");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "5, 5"})
    void an_autoscaler_at_rest_within_its_bounds_has_room(int current, int desired) {
        assertThatCode(() -> assertThat(autoscaler(current, desired, Map.of()))
                        .isWithinItsBounds()
                        .isAtRest()
                        .hasRoomToGrow())
                .doesNotThrowAnyException();
    }

    @Test
    void the_maximum_the_bounds_and_a_difference_are_findings() {
        assertThatThrownBy(() -> assertThat(autoscaler(6, 6, Map.of())).hasRoomToGrow())
                .hasMessageContaining("it is at its maximum of 6 replicas");
        assertThatThrownBy(() -> assertThat(autoscaler(1, 1, Map.of())).isWithinItsBounds())
                .hasMessageContaining("1 replicas, bounds 2 to 6");
        assertThatThrownBy(() -> assertThat(autoscaler(7, 7, Map.of())).isWithinItsBounds())
                .isInstanceOf(FindingError.class);
        assertThatThrownBy(() -> assertThat(autoscaler(2, 3, Map.of())).isAtRest())
                .hasMessageContaining("2 current, 3 desired");
    }

    @Test
    void rescales_count_up_to_the_edge_of_the_window() {
        var four = autoscaler(rescale(4, NOW.minus(WINDOW), NOW.minusSeconds(60)));
        var five = autoscaler(rescale(5, NOW.minus(WINDOW), NOW.minusSeconds(60)));
        var fiveButOld =
                autoscaler(rescale(5, NOW.minus(WINDOW), NOW.minus(WINDOW).minusSeconds(1)));

        assertThatCode(() -> assertThat(four).hasRescaledAtMost(4, WINDOW)).doesNotThrowAnyException();
        assertThatCode(() -> assertThat(fiveButOld).hasRescaledAtMost(4, WINDOW))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> assertThat(five).hasRescaledAtMost(4, WINDOW))
                .hasMessageContaining("The autoscaler rescaled at most 4 times within 30 min: 5 times")
                .hasMessageContaining("60 s ago (5 times)   New size: 3");
    }

    @Test
    void an_autoscaler_that_reads_nothing_is_a_finding() {
        var blind = new Autoscaler(true, 2, 6, 2, 2, Map.of(), Optional.empty(), 70, List.of(), NOW, KUBECTL);

        assertThatThrownBy(() -> assertThat(blind).readsItsMetric()).hasMessageContaining("it has no current value");
        assertThatCode(() -> assertThat(autoscaler(2, 2, Map.of())).readsItsMetric())
                .doesNotThrowAnyException();
    }

    @Test
    void a_smoke_run_that_is_gone_cannot_be_checked() {
        var gone = gate(false, Outcome.RUNNING, "", Optional.empty());

        assertThatThrownBy(() -> assertThat(gone).isOnRecord())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("its time to live of 30 minutes has removed it, or it never ran")
                .hasMessageContaining(
                        "NAMESPACE=openagents IMAGE=<image> apps/runtime/deploy/jobs/run-postdeploy-gate.sh");
        assertThatThrownBy(() -> assertThat(gone).isComplete()).isInstanceOf(CouldNotCheck.class);
    }

    @Test
    void a_smoke_run_passes_when_it_proved_the_release_that_runs() {
        var run = gate(true, Outcome.COMPLETE, "runtime:1", Optional.of(NOW));

        assertThatCode(() -> assertThat(run)
                        .isOnRecord()
                        .isComplete()
                        .ranTheImageOf(rollout(true, true, 0, NOW))
                        .finishedAfter(rollout(true, true, 0, NOW.minusSeconds(1))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_smoke_run_that_failed_runs_or_proved_something_else_is_a_finding() {
        var complete = gate(true, Outcome.COMPLETE, "runtime:old", Optional.of(NOW.minusSeconds(1)));
        var rollout = rollout(true, true, 0, NOW);

        assertThatThrownBy(() -> assertThat(gate(true, Outcome.FAILED, "runtime:1", Optional.of(NOW)))
                        .isComplete())
                .hasMessageContaining("it failed 0 s ago")
                .hasMessageContaining("BackoffLimitExceeded")
                .hasMessageContaining("it wrote: ** (RuntimeError) runtime smoke check failed");
        assertThatThrownBy(() -> assertThat(gate(true, Outcome.RUNNING, "runtime:1", Optional.empty()))
                        .isComplete())
                .hasMessageContaining("it has not finished");
        assertThatThrownBy(() -> assertThat(complete).ranTheImageOf(rollout))
                .hasMessageContaining("runtime-smoke   runtime:old");
        assertThatThrownBy(() -> assertThat(complete).finishedAfter(rollout))
                .hasMessageContaining("the rollout came later");
    }

    private static Rollout rollout(boolean exists, boolean seen, int outdated, Instant at) {
        return new Rollout(
                exists, 2, "runtime:1", "RollingUpdate", seen, "a", "b", outdated, at, List.of(), NOW, KUBECTL);
    }

    private static Autoscaler autoscaler(int current, int desired, Map<String, Condition> conditions) {
        return new Autoscaler(true, 2, 6, current, desired, conditions, Optional.of(35), 70, List.of(), NOW, KUBECTL);
    }

    private static Autoscaler autoscaler(Rescale rescale) {
        return new Autoscaler(true, 2, 6, 2, 2, Map.of(), Optional.of(35), 70, List.of(rescale), NOW, KUBECTL);
    }

    private static Rescale rescale(int times, Instant first, Instant last) {
        return new Rescale("New size: 3", times, first, last);
    }

    private static GateRun gate(boolean exists, Outcome outcome, String image, Optional<Instant> finishedAt) {
        boolean failed = outcome == Outcome.FAILED;
        return new GateRun(
                "runtime-smoke",
                exists,
                "",
                outcome,
                failed ? "BackoffLimitExceeded: too often" : "",
                image,
                "bin/openagents_runtime eval x",
                finishedAt.map(at -> at.minusSeconds(5)),
                finishedAt,
                failed ? "** (RuntimeError) runtime smoke check failed: :health" : "",
                NOW,
                KUBECTL);
    }
}
