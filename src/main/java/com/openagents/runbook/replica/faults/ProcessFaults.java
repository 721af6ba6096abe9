package com.openagents.runbook.replica.faults;

import java.util.Set;

/**
 * The faults a runtime process understands, given as a comma list in {@value #VARIABLE}. A word names what an observer sees;
 * the letter and number behind it is the inconsistency of contract section 18 whose published behaviour it restores.
 */
public final class ProcessFaults {
    public static final String VARIABLE = "OA_REPLICA_FAULTS";

    /** Health demands a signed token from everyone, probes included (A1). */
    public static final String HEALTH_NEEDS_SIGNATURE = "health-needs-signature";
    /** The process prints a boot error and exits with status 1. */
    public static final String CRASH_ON_START = "crash-on-start";
    /** Readiness probes (User-Agent {@code kube-probe/<version> (readiness)}) are answered 503. */
    public static final String NOT_READY = "not-ready";
    /** Memory grows until the process is above its limit. */
    public static final String EAT_MEMORY = "eat-memory";

    /** Every word this class defines. */
    public static final Set<String> ALL = Set.of(HEALTH_NEEDS_SIGNATURE, CRASH_ON_START, NOT_READY, EAT_MEMORY);

    private ProcessFaults() {}
}
