package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;

/**
 * What the StatefulSet {@code runtime} asks for and how far it has come.
 *
 * @param exists false if there is no such StatefulSet; then nothing else is known
 * @param seen whether its controller has seen the newest specification (generation = observedGeneration)
 * @param outdated how many pods are of the revision before, though the update strategy wants them updated; missing and
 *     terminating pods do not count
 * @param rolledOutAt when the update revision was made or taken up again
 * @param warnings the newest warning events about it, newest first
 */
public record Rollout(
        boolean exists,
        int wanted,
        String image,
        String strategy,
        boolean seen,
        String currentRevision,
        String updateRevision,
        int outdated,
        Instant rolledOutAt,
        List<String> warnings,
        Instant at,
        Kubectl kubectl) {

    public Rollout {
        warnings = List.copyOf(warnings);
    }

    static Rollout missing(Instant at, Kubectl kubectl) {
        return new Rollout(false, 0, "", "", false, "", "", 0, Instant.EPOCH, List.of(), at, kubectl);
    }
}
