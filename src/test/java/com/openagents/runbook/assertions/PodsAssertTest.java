package com.openagents.runbook.assertions;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.SamplePods.NOW;
import static com.openagents.runbook.assertions.SamplePods.restarted;
import static com.openagents.runbook.assertions.SamplePods.terminating;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.Rollout;
import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePod.Exit;
import com.openagents.runbook.system.kubernetes.RuntimePod.Waiting;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PodsAssertTest {
    private static final Kubectl KUBECTL = new Kubectl("--context gke-prod", "openagents");
    private static final Duration HOUR = Duration.ofHours(1);

    private static final RuntimePod HEALTHY = SamplePods.healthy("runtime-0");

    @Test
    void healthy_pods_pass_every_judgement() {
        var pods = pods(HEALTHY, SamplePods.healthy("runtime-1"));

        assertThatCode(() -> assertThat(pods)
                        .areAsManyAs(rollout(2))
                        .areReady()
                        .areNotWaiting()
                        .haveNotBeenKilledForMemoryWithin(HOUR)
                        .haveNotRestartedWithin(HOUR)
                        .areNotStuckTerminatingFor(Duration.ofMinutes(1))
                        .runOneImage()
                        .runOneImageDigest()
                        .areOfOneRevision())
                .doesNotThrowAnyException();
    }

    @Test
    void a_crash_loop_is_told_with_restarts_last_exit_and_command() {
        var crashing = SamplePods.crashing(
                "runtime-1",
                7,
                new Waiting("CrashLoopBackOff", "back-off 5m0s restarting failed container"),
                new Exit(137, 9, "OOMKilled", NOW.minusSeconds(150)));

        assertFinding(() -> assertThat(pods(HEALTHY, crashing)).areReady(), """
                Runtime pods are healthy: 1 of 2 pods is not ready
                  runtime-1   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago
                Next (runbook 3.2): check runtime pod health and restarts
                See it: kubectl --context gke-prod -n openagents describe pod runtime-1""");
    }

    @Test
    void a_missing_pod_is_named_with_what_the_statefulset_says() {
        assertFinding(
                () -> assertThat(pods(HEALTHY)).areAsManyAs(rollout(2, "create Pod runtime-1 failed: exceeded quota")),
                """
                Runtime pods are as many as wanted: 1 of 2 pods
                  runtime-1   missing
                  StatefulSet says: create Pod runtime-1 failed: exceeded quota
                Next (runbook 3.2): check runtime pod health and restarts
                See it: kubectl --context gke-prod -n openagents describe statefulset runtime""");
    }

    @Test
    void no_pod_at_all_is_never_healthy() {
        assertThatThrownBy(() -> assertThat(pods()).areAsManyAs(rollout(2))).isInstanceOf(FindingError.class);
    }

    @Test
    void a_stranger_among_the_pods_is_no_replacement_for_a_missing_one() {
        var stranger = SamplePods.healthy("runtime-7");

        assertThatThrownBy(() -> assertThat(pods(HEALTHY, stranger)).areAsManyAs(rollout(2)))
                .hasMessageContaining("runtime-1   missing");
    }

    @Test
    void a_restart_counts_until_the_window_has_passed() {
        var justOutside = restarted("runtime-0", NOW.minus(HOUR).minusSeconds(1));
        var justInside = restarted("runtime-0", NOW.minus(HOUR));

        assertThatCode(() -> assertThat(pods(justOutside)).haveNotRestartedWithin(HOUR))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> assertThat(pods(justInside)).haveNotRestartedWithin(HOUR))
                .hasMessageContaining("No runtime pod restarted within 60 min: 1 of 1 pod restarted")
                .hasMessageContaining("runtime-0   Running, ready, 1 restart, last exit 1 (Error) 60 min ago");
    }

    @Test
    void an_exit_without_a_time_counts() {
        assertThatThrownBy(() ->
                        assertThat(pods(restarted("runtime-0", Instant.EPOCH))).haveNotRestartedWithin(HOUR))
                .isInstanceOf(FindingError.class);
    }

    @Test
    void a_pod_is_stuck_only_after_its_grace_period_and_ours() {
        var grace = Duration.ofMinutes(1);

        assertThatCode(() -> assertThat(pods(terminating("runtime-0", NOW.minus(grace))))
                        .areNotStuckTerminatingFor(grace))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> assertThat(
                                pods(terminating("runtime-0", NOW.minus(grace).minusSeconds(1))))
                        .areNotStuckTerminatingFor(grace))
                .hasMessageContaining("terminating, asked 91 s ago");
    }

    @Test
    void different_images_digests_and_revisions_are_told_pod_by_pod() {
        var other = SamplePods.ofVersion("new", "runtime-1");
        var pods = pods(HEALTHY, other);

        assertThatThrownBy(() -> assertThat(pods).runOneImage())
                .hasMessageContaining("seen 2 images")
                .hasMessageContaining("runtime-0   runtime:1")
                .hasMessageContaining("runtime-1   runtime:new");
        assertThatThrownBy(() -> assertThat(pods).runOneImageDigest()).hasMessageContaining("seen 2 digests");
        assertThatThrownBy(() -> assertThat(pods).areOfOneRevision()).hasMessageContaining("seen 2 revisions");
    }

    private static void assertFinding(ThrowingCallable check, String text) {
        assertThatThrownBy(check).isInstanceOf(FindingError.class).hasMessage(text);
    }

    private static RuntimePods pods(RuntimePod... pods) {
        return new RuntimePods(List.of(pods), NOW, KUBECTL);
    }

    private static Rollout rollout(int wanted, String... warnings) {
        return new Rollout(
                true,
                wanted,
                "runtime:1",
                "RollingUpdate",
                true,
                "runtime-1",
                "runtime-1",
                0,
                NOW.minusSeconds(7200),
                List.of(warnings),
                NOW,
                KUBECTL);
    }
}
