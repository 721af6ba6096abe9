package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One pass over the pods of a StatefulSet: make what is missing, remove what is too many, and replace at most one pod
 * of an old revision. With {@code OrderedReady} a pass stops at the first pod that is not settled.
 */
final class StatefulSetRollout {
    private final StatefulSet set;
    private final List<Pod> members;
    private final Revisions.Pair revisions;
    private final StatefulPods pods;
    private final Instant now;
    private final boolean ordered;

    StatefulSetRollout(StatefulSet set, List<Pod> members, Revisions.Pair revisions, StatefulPods pods, Instant now) {
        this.set = set;
        this.members = members;
        this.revisions = revisions;
        this.pods = pods;
        this.now = now;
        this.ordered = !"Parallel".equals(set.getSpec().getPodManagementPolicy());
    }

    void run() {
        if (Pods.isTerminating(set)) {
            return;
        }
        if (fill() && removeCondemned() && !isOnDelete()) {
            replaceOneOld();
        }
    }

    /** @return whether the pass may go on */
    private boolean fill() {
        var wentWell = true;
        RuntimeException first = null;
        for (int ordinal = first(); ordinal < end(); ordinal++) {
            try {
                wentWell &= settle(ordinal);
            } catch (RuntimeException refused) {
                first = first == null ? refused : first;
                wentWell = false;
            }
            if (ordered && !wentWell) {
                break;
            }
        }
        if (first != null) {
            throw first;
        }
        return wentWell;
    }

    private boolean settle(int ordinal) {
        var there = member(ordinal);
        if (there.isEmpty()) {
            pods.create(set, ordinal, revisionFor(ordinal));
            return !ordered;
        }
        var pod = there.get();
        if (Pods.isFinished(pod)) {
            if (!Pods.isTerminating(pod)) {
                pods.deleteFinished(set, pod);
            }
            return false;
        }
        if (!Pods.isTerminating(pod)) {
            pods.restoreIdentity(set, pod);
        }
        return !ordered || isSettled(pod);
    }

    private boolean isSettled(Pod pod) {
        int minReady = Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
        return !Pods.isTerminating(pod) && Pods.isAvailable(pod, minReady, now);
    }

    /** @return whether the pass may go on */
    private boolean removeCondemned() {
        var condemned = members.stream()
                .filter(pod -> ordinal(pod) < first() || ordinal(pod) >= end())
                .sorted(Comparator.comparing(this::ordinal).reversed())
                .toList();
        var unhealthy = members.stream()
                .filter(pod -> !isHealthy(pod))
                .min(Comparator.comparing(this::ordinal))
                .orElse(null);
        for (var pod : condemned) {
            if (!Pods.isTerminating(pod)) {
                if (ordered && !Pods.isRunningAndReady(pod) && pod != unhealthy) {
                    return false;
                }
                pods.delete(set, pod);
            }
            if (ordered) {
                return false;
            }
        }
        return true;
    }

    private void replaceOneOld() {
        var update = revisions.update().getMetadata().getName();
        for (int ordinal = end() - 1; ordinal >= first() + partition(); ordinal--) {
            var there = member(ordinal);
            if (there.isEmpty()) {
                return;
            }
            var pod = there.get();
            if (!StatefulPods.revision(pod).equals(update) && !Pods.isTerminating(pod)) {
                pods.delete(set, pod);
                return;
            }
            if (!isHealthy(pod)) {
                return;
            }
        }
    }

    private ControllerRevision revisionFor(int ordinal) {
        return !isOnDelete() && ordinal < first() + partition() ? revisions.current() : revisions.update();
    }

    private boolean isOnDelete() {
        return isOnDelete(set);
    }

    static boolean isOnDelete(StatefulSet set) {
        var strategy = set.getSpec().getUpdateStrategy();
        return strategy != null && "OnDelete".equals(strategy.getType());
    }

    private int partition() {
        var strategy = set.getSpec().getUpdateStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        return rolling == null ? 0 : Objects.requireNonNullElse(rolling.getPartition(), 0);
    }

    private static boolean isHealthy(Pod pod) {
        return Pods.isRunningAndReady(pod) && !Pods.isTerminating(pod);
    }

    private Optional<Pod> member(int ordinal) {
        return members.stream().filter(pod -> ordinal(pod) == ordinal).findFirst();
    }

    private int ordinal(Pod pod) {
        return StatefulPods.ordinal(set, pod);
    }

    private int first() {
        return StatefulPods.start(set);
    }

    private int end() {
        return first() + Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    }
}
