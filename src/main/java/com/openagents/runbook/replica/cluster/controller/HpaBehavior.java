package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/** What one autoscaler remembers between two looks, and the limits its spec puts on each step. */
final class HpaBehavior {
    private static final int DEFAULT_DOWN_WINDOW = 300;

    private final List<Recommendation> recommendations = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    private record Recommendation(int replicas, Instant at) {}

    private record Change(int by, Instant at) {}

    /** A number of replicas and why it is not the one that was asked for; the reasons are those of conditions. */
    record Limited(int replicas, String stabilized, String limited, String message) {}

    void start(int current, Instant now) {
        if (recommendations.isEmpty()) {
            recommendations.add(new Recommendation(current, now));
        }
    }

    void scaled(int from, int to, Instant now) {
        changes.add(new Change(to - from, now));
    }

    Limited limit(HorizontalPodAutoscaler autoscaler, int current, int desired, Instant now) {
        var spec = autoscaler.getSpec();
        var behavior = Optional.ofNullable(spec.getBehavior());
        var up = behavior.map(b -> b.getScaleUp()).orElse(null);
        var down = behavior.map(b -> b.getScaleDown()).orElse(null);
        int stable = stabilize(current, desired, window(up, 0), window(down, DEFAULT_DOWN_WINDOW), now);
        String stabilized = stable == desired ? "" : stable < desired ? "ScaleUpStabilized" : "ScaleDownStabilized";
        int min = Objects.requireNonNullElse(spec.getMinReplicas(), 1);
        int max = spec.getMaxReplicas();
        if (stable > current) {
            int step = upLimit(current, up, now);
            int most = Math.max(current, Math.min(step, max));
            if (stable > most) {
                return step < max
                        ? new Limited(
                                most,
                                stabilized,
                                "ScaleUpLimit",
                                "the desired replica count is increasing faster than the maximum scale rate")
                        : tooMany(most, stabilized);
            }
        } else if (stable < current) {
            int step = downLimit(current, down, now);
            int least = Math.min(current, Math.max(step, min));
            if (stable < least) {
                return step > min
                        ? new Limited(
                                least,
                                stabilized,
                                "ScaleDownLimit",
                                "the desired replica count is decreasing faster than the maximum scale rate")
                        : tooFew(least, stabilized);
            }
        }
        if (stable > max) {
            return tooMany(max, stabilized);
        }
        return stable < min ? tooFew(min, stabilized) : new Limited(stable, stabilized, "", "");
    }

    private static Limited tooMany(int replicas, String stabilized) {
        return new Limited(
                replicas,
                stabilized,
                "TooManyReplicas",
                "the desired replica count is more than the maximum replica count");
    }

    private static Limited tooFew(int replicas, String stabilized) {
        return new Limited(
                replicas,
                stabilized,
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
    }

    private int stabilize(int current, int desired, int upWindow, int downWindow, Instant now) {
        int up = desired;
        int down = desired;
        for (var old : recommendations) {
            if (old.at().plusSeconds(upWindow).isAfter(now)) {
                up = Math.min(up, old.replicas());
            }
            if (old.at().plusSeconds(downWindow).isAfter(now)) {
                down = Math.max(down, old.replicas());
            }
        }
        recommendations.removeIf(
                old -> !old.at().plusSeconds(Math.max(upWindow, downWindow)).isAfter(now));
        recommendations.add(new Recommendation(desired, now));
        return Math.min(Math.max(current, up), down);
    }

    private int upLimit(int current, HPAScalingRules rules, Instant now) {
        var policies = policies(rules);
        if (policies.isEmpty()) {
            return Math.max(2 * current, current + 4);
        }
        if (isDisabled(rules)) {
            return current;
        }
        IntBinaryOperator choose = isMin(rules) ? Math::min : Math::max;
        return policies.stream()
                .mapToInt(policy -> {
                    int before = current - changed(policy.getPeriodSeconds(), now, true);
                    return policy.getType().equals("Pods")
                            ? before + policy.getValue()
                            : (int) Math.ceil(before * (1 + policy.getValue() / 100.0));
                })
                .reduce(choose)
                .orElse(current);
    }

    private int downLimit(int current, HPAScalingRules rules, Instant now) {
        var policies = policies(rules);
        if (policies.isEmpty()) {
            return 0;
        }
        if (isDisabled(rules)) {
            return current;
        }
        IntBinaryOperator choose = isMin(rules) ? Math::max : Math::min;
        return policies.stream()
                .mapToInt(policy -> {
                    int before = current - changed(policy.getPeriodSeconds(), now, false);
                    return policy.getType().equals("Pods")
                            ? before - policy.getValue()
                            : (int) (before * (1 - policy.getValue() / 100.0));
                })
                .reduce(choose)
                .orElse(current);
    }

    private int changed(int periodSeconds, Instant now, boolean up) {
        return changes.stream()
                .filter(change -> change.by() > 0 == up
                        && change.at().plusSeconds(periodSeconds).isAfter(now))
                .mapToInt(Change::by)
                .sum();
    }

    private static List<HPAScalingPolicy> policies(HPAScalingRules rules) {
        return rules == null || rules.getPolicies() == null ? List.of() : rules.getPolicies();
    }

    private static boolean isDisabled(HPAScalingRules rules) {
        return rules != null && "Disabled".equals(rules.getSelectPolicy());
    }

    private static boolean isMin(HPAScalingRules rules) {
        return rules != null && "Min".equals(rules.getSelectPolicy());
    }

    private static int window(HPAScalingRules rules, int otherwise) {
        return rules == null ? otherwise : Objects.requireNonNullElse(rules.getStabilizationWindowSeconds(), otherwise);
    }
}
