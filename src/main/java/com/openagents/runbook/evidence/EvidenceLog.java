package com.openagents.runbook.evidence;

/** Where systems put down what they saw. Implementations redact before anything leaves the process. */
@FunctionalInterface
public interface EvidenceLog {
    void saw(Evidence evidence);
}
