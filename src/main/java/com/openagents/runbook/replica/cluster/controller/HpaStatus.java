package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerConditionBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The status of one autoscaler while it is worked out. */
final class HpaStatus {
    private final Instant now;
    private final Map<String, HorizontalPodAutoscalerCondition> conditions = new LinkedHashMap<>();
    private int current;
    private int desired;
    private MetricStatus measured;
    private boolean rescaled;

    HpaStatus(HorizontalPodAutoscaler before, Instant now) {
        this.now = now;
        var status = before.getStatus();
        if (status != null) {
            current = Objects.requireNonNullElse(status.getCurrentReplicas(), 0);
            desired = Objects.requireNonNullElse(status.getDesiredReplicas(), 0);
            measured = status.getCurrentMetrics() == null
                    ? null
                    : status.getCurrentMetrics().stream().findFirst().orElse(null);
            status.getConditions().forEach(condition -> conditions.put(condition.getType(), condition));
        }
    }

    /** The utilization in percent that the autoscaler aims at. */
    static int target(HorizontalPodAutoscaler autoscaler) {
        return autoscaler.getSpec().getMetrics().stream()
                .filter(metric -> metric.getResource() != null
                        && "cpu".equals(metric.getResource().getName()))
                .map(metric -> metric.getResource().getTarget().getAverageUtilization())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(80);
    }

    void current(int replicas) {
        current = replicas;
    }

    void desired(int replicas) {
        desired = replicas;
    }

    void rescaled() {
        rescaled = true;
    }

    void measured(HpaUtilization.Proposal proposal) {
        measured = new MetricStatusBuilder()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewCurrent()
                .withAverageUtilization(proposal.utilization())
                .withAverageValue(new Quantity(proposal.average() + "m"))
                .endCurrent()
                .endResource()
                .build();
    }

    void unmeasured() {
        measured = null;
    }

    void limited(HpaBehavior.Limited limited) {
        switch (limited.stabilized()) {
            case "ScaleDownStabilized" ->
                condition(
                        "AbleToScale",
                        true,
                        limited.stabilized(),
                        "recent recommendations were higher than current one, applying the highest recent recommendation");
            case "ScaleUpStabilized" ->
                condition(
                        "AbleToScale",
                        true,
                        limited.stabilized(),
                        "recent recommendations were lower than current one, applying the lowest recent recommendation");
            default -> condition("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size");
        }
        if (limited.limited().isEmpty()) {
            condition(
                    "ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range");
        } else {
            condition("ScalingLimited", true, limited.limited(), limited.message());
        }
    }

    void condition(String type, boolean holds, String reason, String message) {
        var status = holds ? "True" : "False";
        var before = conditions.get(type);
        conditions.put(
                type,
                new HorizontalPodAutoscalerConditionBuilder()
                        .withType(type)
                        .withStatus(status)
                        .withReason(reason)
                        .withMessage(message)
                        .withLastTransitionTime(
                                before != null && before.getStatus().equals(status)
                                        ? before.getLastTransitionTime()
                                        : Pods.time(now))
                        .build());
    }

    HorizontalPodAutoscaler applyTo(HorizontalPodAutoscaler autoscaler) {
        var lastScale =
                autoscaler.getStatus() == null ? null : autoscaler.getStatus().getLastScaleTime();
        return new HorizontalPodAutoscalerBuilder(autoscaler)
                .editOrNewStatus()
                .withCurrentReplicas(current)
                .withDesiredReplicas(desired)
                .withCurrentMetrics(measured == null ? List.of() : List.of(measured))
                .withConditions(new ArrayList<>(conditions.values()))
                .withLastScaleTime(rescaled ? Pods.time(now) : lastScale)
                .endStatus()
                .build();
    }
}
