package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.Rollout;
import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import com.openagents.runbook.system.kubernetes.RuntimeSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractAssert;

/** Judges the runtime's pods (runbook 1; what to do next is runbook 3.2 and 3.3). */
public final class PodsAssert extends AbstractAssert<PodsAssert, RuntimePods> {
    private static final String CHECK_PODS = "check runtime pod health and restarts";
    private static final String CHECK_DEPLOY = "inspect the migration and smoke jobs for a recent deploy regression";
    private static final String ALL_PODS = "get pods -l app=runtime -o wide";

    PodsAssert(RuntimePods actual) {
        super(actual, PodsAssert.class);
    }

    /**
     * That there is anything to judge.
     *
     * @throws CouldNotCheck if there is no pod; that they are missing is a finding of another check
     */
    public PodsAssert exist() {
        if (actual.pods().isEmpty()) {
            throw new CouldNotCheck(
                    "there is no runtime pod in namespace " + actual.kubectl().namespace());
        }
        return this;
    }

    /** As many pods as the StatefulSet asks for, under the names it gives them. */
    public PodsAssert areAsManyAs(Rollout rollout) {
        int wanted = rollout.wanted();
        if (!rollout.exists()) {
            throw finding(
                    "Runtime pods are as many as wanted",
                    "there is no StatefulSet runtime",
                    List.of(),
                    "3.2",
                    CHECK_PODS,
                    "get statefulset runtime");
        }
        var present = actual.pods().stream().map(RuntimePod::name).collect(Collectors.toCollection(TreeSet::new));
        var missing = IntStream.range(0, wanted)
                .mapToObj(ordinal -> "runtime-" + ordinal)
                .filter(name -> !present.contains(name))
                .toList();
        if (present.size() != wanted || !missing.isEmpty()) {
            var details = new ArrayList<String>();
            missing.forEach(name -> details.add(name + "   missing"));
            rollout.warnings().forEach(warning -> details.add("StatefulSet says: " + warning));
            throw finding(
                    "Runtime pods are as many as wanted",
                    present.size() + " of " + wanted + " pods",
                    details,
                    "3.2",
                    CHECK_PODS,
                    "describe statefulset runtime");
        }
        return this;
    }

    public PodsAssert areReady() {
        return none(
                pod -> !pod.running() || !pod.ready(),
                "Runtime pods are healthy",
                "is not ready",
                "are not ready",
                CHECK_PODS);
    }

    public PodsAssert areNotWaiting() {
        return none(
                pod -> pod.waiting().isPresent(),
                "Runtime pods have started",
                "is waiting to start",
                "are waiting to start",
                CHECK_PODS);
    }

    public PodsAssert haveNotBeenKilledForMemoryWithin(Duration window) {
        return none(
                pod -> exitedWithin(pod, window)
                        && "OOMKilled".equals(pod.lastExit().orElseThrow().reason()),
                "No runtime pod was killed for memory within " + Ago.text(window),
                "was killed",
                "were killed",
                CHECK_PODS + "; compare memory use with the limit");
    }

    public PodsAssert haveNotRestartedWithin(Duration window) {
        return none(
                pod -> pod.restarts() > 0 && exitedWithin(pod, window),
                "No runtime pod restarted within " + Ago.text(window),
                "restarted",
                "restarted",
                CHECK_PODS);
    }

    /** A container that exited and whose exit time is unknown counts: it cannot be shown to be long ago. */
    private boolean exitedWithin(RuntimePod pod, Duration window) {
        var since = actual.at().minus(window);
        return pod.lastExit()
                .map(exit -> exit.at().getEpochSecond() == 0 || !exit.at().isBefore(since))
                .orElse(false);
    }

    /**
     * Kubernetes tells whole seconds, so the same second counts as after.
     *
     * @throws CouldNotCheck if the cluster does not tell when the Secret changed
     */
    public PodsAssert startedAfterChangeOf(RuntimeSecret secret) {
        var changed = secret.changedAt()
                .orElseThrow(() -> new CouldNotCheck("the cluster does not tell when Secret " + secret.name()
                        + " last changed: it carries no managed fields. Restart the pods if in doubt (runbook 5.3)"));
        return none(
                pod -> pod.startedAt().map(start -> start.isBefore(changed)).orElse(true),
                "Runtime pods started after the secrets changed " + Ago.text(changed, actual.at()),
                "has older secrets",
                "have older secrets",
                pod -> pod.startedAt()
                        .map(start -> "started " + start + " (" + Ago.text(start, actual.at()) + ")")
                        .orElse("not started"),
                "5.3",
                "restart the runtime pods, then rerun the smoke gate");
    }

    public PodsAssert areNotStuckTerminatingFor(Duration grace) {
        return none(
                pod -> pod.deletion()
                        .map(asked -> asked.due().plus(grace).isBefore(actual.at()))
                        .orElse(false),
                "No runtime pod is stuck terminating",
                "is still there " + Ago.text(grace) + " after its grace period",
                "are still there " + Ago.text(grace) + " after their grace period",
                CHECK_PODS + "; look at finalizers and the node");
    }

    public PodsAssert runOneImage() {
        return agree(RuntimePod::image, "Runtime pods run one image", "images");
    }

    /** The same tag may stand for different contents. */
    public PodsAssert runOneImageDigest() {
        return agree(RuntimePod::imageId, "Runtime pods run one image digest", "digests");
    }

    public PodsAssert areOfOneRevision() {
        return agree(RuntimePod::revision, "Runtime pods are of one revision", "revisions");
    }

    private PodsAssert agree(Function<RuntimePod, String> property, String expected, String plural) {
        // A pod that has not started has no digest yet; that it has not started is a finding of another check.
        var started = actual.those(pod -> !property.apply(pod).isEmpty());
        var values = started.stream().map(property).distinct().toList();
        if (values.size() > 1) {
            var details = started.stream()
                    .map(pod -> pod.name() + "   " + property.apply(pod))
                    .toList();
            throw finding(
                    expected,
                    "seen " + values.size() + " " + plural,
                    details,
                    "3.3",
                    CHECK_DEPLOY,
                    "rollout history statefulset/runtime");
        }
        return this;
    }

    private PodsAssert none(
            Predicate<RuntimePod> bad, String expected, String seenOfOne, String seenOfMany, String next) {
        return none(bad, expected, seenOfOne, seenOfMany, pod -> pod.state(actual.at()), "3.2", next);
    }

    private PodsAssert none(
            Predicate<RuntimePod> bad,
            String expected,
            String seenOfOne,
            String seenOfMany,
            Function<RuntimePod, String> words,
            String statement,
            String next) {
        var concerned = actual.those(bad);
        if (!concerned.isEmpty()) {
            int all = actual.pods().size();
            var seen = concerned.size() + " of " + all + (all == 1 ? " pod " : " pods ")
                    + (concerned.size() == 1 ? seenOfOne : seenOfMany);
            var details = concerned.stream()
                    .map(pod -> pod.name() + "   " + words.apply(pod))
                    .toList();
            var first = concerned.get(0).name();
            throw new FindingError(
                    new Finding(
                            expected,
                            seen,
                            details,
                            statement,
                            next,
                            actual.kubectl().command("describe pod " + first)),
                    concerned.stream().map(pod -> Concern.pod(pod.name())).toList());
        }
        return this;
    }

    private FindingError finding(
            String expected, String seen, List<String> details, String statement, String next, String see) {
        return new FindingError(new Finding(
                expected, seen, details, statement, next, actual.kubectl().command(see)));
    }
}
