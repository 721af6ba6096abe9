package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.Autoscaler;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges whether the autoscaler is stable (runbook 1; the runbook gives no numbers, the thresholds are ours). */
public final class AutoscalerAssert extends AbstractAssert<AutoscalerAssert, Autoscaler> {
    AutoscalerAssert(Autoscaler actual) {
        super(actual, AutoscalerAssert.class);
    }

    public AutoscalerAssert isAbleToScale() {
        return condition("AbleToScale", "The autoscaler is able to scale");
    }

    public AutoscalerAssert isActive() {
        return condition("ScalingActive", "The autoscaler is active");
    }

    public AutoscalerAssert readsItsMetric() {
        var expected = "The autoscaler reads the CPU utilisation of the pods";
        exists(expected);
        if (actual.utilization().isEmpty()) {
            throw finding(expected, "it has no current value", List.of());
        }
        return this;
    }

    public AutoscalerAssert isWithinItsBounds() {
        var expected = "The number of replicas is within the autoscaler's bounds";
        exists(expected);
        if (actual.current() < actual.min() || actual.current() > actual.max()) {
            throw finding(expected, actual.current() + " replicas, bounds " + bounds(), List.of());
        }
        return this;
    }

    public AutoscalerAssert isAtRest() {
        var expected = "The autoscaler has as many replicas as it wants";
        exists(expected);
        if (actual.current() != actual.desired()) {
            throw finding(expected, actual.current() + " current, " + actual.desired() + " desired", List.of());
        }
        return this;
    }

    /** At its maximum it cannot answer more load; a fixed size, minimum = maximum, counts too. */
    public AutoscalerAssert hasRoomToGrow() {
        var expected = "The autoscaler has room to grow";
        exists(expected);
        if (actual.current() >= actual.max()) {
            var reason = actual.condition("ScalingLimited")
                    .filter(Autoscaler.Condition::status)
                    .map(limited -> limited.reason() + " since " + Ago.text(limited.since(), actual.at()) + ": "
                            + limited.message());
            throw finding(
                    expected,
                    "it is at its maximum of " + actual.max() + " replicas",
                    Stream.concat(
                                    reason.stream(),
                                    actual.utilization().stream()
                                            .map(value -> "cpu " + value + "%, target " + actual.target() + "%"))
                            .toList());
        }
        return this;
    }

    public AutoscalerAssert hasRescaledAtMost(int times, Duration window) {
        var expected = "The autoscaler rescaled at most " + times + " times within " + Ago.text(window);
        exists(expected);
        int seen = actual.rescalesSince(actual.at().minus(window));
        if (seen > times) {
            var details = actual.rescales().stream()
                    .map(rescale -> Ago.text(rescale.at(), actual.at())
                            + (rescale.times() > 1 ? " (" + rescale.times() + " times)" : "") + "   "
                            + rescale.message())
                    .toList();
            throw finding(expected, seen + " times", details);
        }
        return this;
    }

    private AutoscalerAssert condition(String type, String expected) {
        exists(expected);
        var condition = actual.condition(type);
        if (condition.isEmpty()) {
            throw finding(expected, "it has no condition " + type + " yet", List.of());
        }
        if (!condition.get().status()) {
            throw finding(
                    expected,
                    type + " is false since " + Ago.text(condition.get().since(), actual.at()),
                    List.of(condition.get().reason() + ": " + condition.get().message()));
        }
        return this;
    }

    private void exists(String expected) {
        if (!actual.exists()) {
            throw finding(expected, "there is no HorizontalPodAutoscaler runtime", List.of());
        }
    }

    private String bounds() {
        return actual.min() + " to " + actual.max();
    }

    private FindingError finding(String expected, String seen, List<String> details) {
        return new FindingError(new Finding(
                expected,
                seen,
                details,
                "3.2",
                "check runtime pod health and restarts, and what the autoscaler says of its metric",
                actual.kubectl().command("describe hpa runtime")));
    }
}
