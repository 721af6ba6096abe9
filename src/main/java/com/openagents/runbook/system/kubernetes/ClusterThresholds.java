package com.openagents.runbook.system.kubernetes;

import java.time.Duration;

/**
 * Where the checks on the cluster turn from passed to failed.
 *
 * @param restartWindow a pod that restarted within it is not healthy; the runbook names no number, 1 h is ours
 * @param terminatingGrace how long past its own grace period a pod may still be terminating
 * @param rescales how many rescales within {@code rescaleWindow} are still calm
 * @param rescaleWindow the window in which rescales are counted; never more than the hour that Kubernetes keeps events
 */
public record ClusterThresholds(
        Duration restartWindow, Duration terminatingGrace, int rescales, Duration rescaleWindow) {
    public static final ClusterThresholds DEFAULT =
            new ClusterThresholds(Duration.ofHours(1), Duration.ofMinutes(1), 4, Duration.ofMinutes(30));
}
