package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;

/**
 * Who may reach the runtime pods, by the network policy (contract 1.5).
 *
 * @param exists false if there is no such policy
 * @param rules one line for each source and its ports, sorted
 */
public record IngressPolicy(boolean exists, List<String> rules, Instant at, Kubectl kubectl) {
    public IngressPolicy {
        rules = List.copyOf(rules);
    }
}
