package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the pods of one Job ended, also of those that have gone since. */
final class JobTally {
    private final Map<String, Boolean> succeededByUid = new HashMap<>();
    private Instant lastFailure = Instant.MIN;

    static boolean isActive(Pod pod) {
        return !Pods.isFinished(pod) && !Pods.isTerminating(pod);
    }

    synchronized void count(List<Pod> pods, Instant now) {
        pods.stream().filter(pod -> !isActive(pod)).forEach(pod -> ended(pod, now));
    }

    synchronized void gone(Pod pod, Instant now) {
        ended(pod, now);
    }

    private void ended(Pod pod, Instant now) {
        boolean succeeded = Pods.phase(pod).equals("Succeeded");
        var before = succeededByUid.putIfAbsent(pod.getMetadata().getUid(), succeeded);
        if (before == null && !succeeded) {
            lastFailure = now;
        }
    }

    synchronized int succeeded() {
        return (int) succeededByUid.values().stream().filter(ok -> ok).count();
    }

    synchronized int failed() {
        return succeededByUid.size() - succeeded();
    }

    /** How long to wait before the next pod: nothing at first, then doubling with each failed pod. */
    synchronized Duration waitAfterFailure(Duration first, Duration last, Instant now) {
        if (failed() == 0) {
            return Duration.ZERO;
        }
        var pause = first.multipliedBy(1L << Math.min(16, failed() - 1));
        pause = pause.compareTo(last) > 0 ? last : pause;
        var left = Duration.between(now, lastFailure.plus(pause));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
