package com.openagents.runbook.system.kubernetes;

import java.time.Instant;

/**
 * The PodDisruptionBudget {@code runtime}.
 *
 * @param exists false if there is none; then nothing else is known
 * @param seen whether its controller has seen the newest specification
 * @param allowed how many pods may be disrupted now
 */
public record DisruptionBudget(
        boolean exists, boolean seen, int healthy, int needed, int allowed, Instant at, Kubectl kubectl) {
    static DisruptionBudget missing(Instant at, Kubectl kubectl) {
        return new DisruptionBudget(false, false, 0, 0, 0, at, kubectl);
    }
}
