package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a workload takes its secret variables from.
 *
 * @param workload as kubectl names it, for example {@code job/runtime-smoke}
 * @param exists false if there is no such workload
 */
public record SecretUse(String workload, boolean exists, List<Source> sources, Instant at, Kubectl kubectl) {
    public SecretUse {
        sources = List.copyOf(sources);
    }

    /**
     * @param secret name and key of the Secret, as {@code name/key}; empty if the variable does not come from one
     * @param plain whether the variable has a value of its own
     */
    public record Source(String variable, Optional<String> secret, boolean plain) {
        public String words() {
            return secret.map(from -> "from secret " + from).orElse(plain ? "a plain value" : "from elsewhere");
        }
    }

    public Optional<Source> of(String variable) {
        return sources.stream()
                .filter(source -> source.variable().equals(variable))
                .findFirst();
    }
}
