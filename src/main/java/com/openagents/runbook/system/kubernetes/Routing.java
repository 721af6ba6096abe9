package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.Set;

/**
 * Where the Service {@code runtime} sends its traffic.
 *
 * @param exists false if there is no such Service
 * @param readyPods the names of the pods that are ready endpoints
 * @param selector the Service's selector as label=value pairs
 */
public record Routing(boolean exists, Set<String> readyPods, String selector, Instant at, Kubectl kubectl) {
    public Routing {
        readyPods = Set.copyOf(readyPods);
    }
}
