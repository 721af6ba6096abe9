package com.openagents.runbook.evidence;

/** Where systems put down what they saw. Implementations redact before anything leaves the process. */
@FunctionalInterface
public interface EvidenceLog {
    void saw(Evidence evidence);

    /** From now on this value appears nowhere: a system came across a secret. */
    default void hide(String secret) {}
}
