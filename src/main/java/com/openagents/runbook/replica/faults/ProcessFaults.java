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

    /** The sanitizer also redacts dates, ids and words such as risk-free (C5). */
    public static final String SANITIZER_EATS_DATES = "sanitizer-eats-dates";
    /** The snapshot of a run always says unknown and 0 (C6). */
    public static final String SNAPSHOT_UNKNOWN = "snapshot-unknown";
    /** A run stream breaks off at its first event, as without the protocol files (A3). */
    public static final String STREAM_BREAKS = "stream-breaks";
    /** Leases are never released, so the janitor fails every run that is not done after two minutes (C1). */
    public static final String IDLE_RUNS_FAIL = "idle-runs-fail";
    /** Each execution is a lease owner of its own and is not retried, so later frames wait for the janitor (C2). */
    public static final String FRAMES_WAIT_FOR_JANITOR = "frames-wait-for-janitor";
    /** A loop detection of level warning fails the run like a critical one (C16). */
    public static final String WARNING_LOOP_FAILS_RUN = "warning-loop-fails-run";
    /** Client text becomes metric labels as it comes (D13). */
    public static final String CLIENT_TEXT_LABELS = "client-text-labels";

    /** Every word this class defines. */
    public static final Set<String> ALL = Set.of(
            HEALTH_NEEDS_SIGNATURE,
            CRASH_ON_START,
            NOT_READY,
            EAT_MEMORY,
            SANITIZER_EATS_DATES,
            SNAPSHOT_UNKNOWN,
            STREAM_BREAKS,
            IDLE_RUNS_FAIL,
            FRAMES_WAIT_FOR_JANITOR,
            WARNING_LOOP_FAILS_RUN,
            CLIENT_TEXT_LABELS);

    private ProcessFaults() {}
}
