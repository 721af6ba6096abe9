package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * All pods with the label {@code app=runtime}, sorted by name, as they were at one moment.
 *
 * @param at when they were seen
 */
public record RuntimePods(List<RuntimePod> pods, Instant at, Kubectl kubectl) {
    public RuntimePods {
        pods = List.copyOf(pods);
    }

    public List<RuntimePod> those(Predicate<RuntimePod> condition) {
        return pods.stream().filter(condition).toList();
    }

    public List<RuntimePod> ready() {
        return those(RuntimePod::ready);
    }
}
