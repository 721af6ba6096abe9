package com.openagents.runbook.safety;

import com.openagents.runbook.system.kubernetes.Kubectl;
import java.time.Duration;
import java.util.List;

/**
 * Whether a drill left everything as it found it.
 *
 * @param problems what is not as it was, in words; empty if all is
 * @param took from the beginning of putting it back until the runtime was steady
 */
public record PutBack(List<String> problems, Duration took, Kubectl kubectl) {
    public PutBack {
        problems = List.copyOf(problems);
    }
}
