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
    /** Summaries are counted as written, but nothing is kept and no client hears of them (C9). */
    public static final String NOOP_SINK = "noop-sink";
    /** Once retention has emptied a topic, no cursor is stale any more (C10). */
    public static final String EMPTY_TOPIC_HAS_NO_FLOOR = "empty-topic-has-no-floor";
    /** Sync tokens stand in the log (C12). */
    public static final String TOKENS_IN_LOG = "tokens-in-log";
    /** Ordinary disconnects of sync sockets count as errors and heartbeat time-outs as normal (C13). */
    public static final String DISCONNECT_STATUS_INVERTED = "disconnect-status-inverted";
    /** Sync clients hear at once only of events of their own pod (contract 5.3, without a cluster). */
    public static final String LIVE_PUSH_OWN_POD_ONLY = "live-push-own-pod-only";
    /** A breaker's series of earlier events keep their last value (D9). */
    public static final String BREAKER_SERIES_STICK = "breaker-series-stick";
    /** There is no /metrics (A4). */
    public static final String NO_METRICS = "no-metrics";
    /** The smoke check runs in a process that has started nothing, and says only that (A2). */
    public static final String SMOKE_NOT_STARTED = "smoke-not-started";
    /** Metrics that listen to events nobody emits stay without series: breaker state, projection and replay lag (D2). */
    public static final String UNFED_METRICS = "unfed-metrics";
    /** A used nonce is remembered only on its own connection (C3). */
    public static final String NONCE_PER_CONNECTION = "nonce-per-connection";
    /** A pod remembers the failures of a provider only for the connection on which they were asked for (C4). */
    public static final String BREAKER_PER_CONNECTION = "breaker-per-connection";
    /** The summary of a run is made before its status changes, and not again (C8). */
    public static final String SUMMARY_BEFORE_STATUS = "summary-before-status";
    /** Requests for the secret of a provider are dated by the clock that counts from the start of the machine (C14). */
    public static final String SECRET_REQUEST_MISDATED = "secret-request-misdated";
    /** Reservations that nobody settled stay reserved (C18). */
    public static final String STUCK_RESERVATIONS_STAY = "stuck-reservations-stay";
    /** Runs end without their last event. */
    public static final String FINISH_LOST = "finish-lost";
    /** Runs say twice that they are finished, as when two pods end them (contract 6.2). */
    public static final String RUN_FINISHES_TWICE = "run-finishes-twice";
    /** A canceled run leaves its open tool tasks as they are. */
    public static final String CANCEL_LEAVES_TOOLS = "cancel-leaves-tools";
    /** The sync socket does not look when a token expires. */
    public static final String EXPIRED_TOKENS_ACCEPTED = "expired-tokens-accepted";
    /** Refused sync tokens are all counted under one reason class. */
    public static final String REFUSALS_UNNAMED = "refusals-unnamed";
    /** A replay leaves out one row in seven. */
    public static final String REPLAY_SKIPS = "replay-skips";
    /** A replay sends one row in seven twice. */
    public static final String REPLAY_REPEATS = "replay-repeats";

    /** Limits per call and day and the threshold are stored and not looked at (C18). */
    public static final String ONLY_TOTAL_LIMIT = "only-total-limit";

    /** A message went out by the fallback provider, and its receipt does not say so. */
    public static final String FALLBACK_INVISIBLE = "fallback-invisible";
    /** Policy decisions about the tools of runs are not counted (D4). */
    public static final String POLICY_SILENT = "policy-silent";

    /** What happens to streams, leases, tools, policy and sync sockets is counted but never logged (A15, D12). */
    public static final String TELEMETRY_NOT_LOGGED = "telemetry-not-logged";
    /** A background job crashes over and over, each time with a line at error level. */
    public static final String ERRORS_IN_LOG = "errors-in-log";
    /** Log lines do not say which request they belong to. */
    public static final String REQUEST_ID_NOT_LOGGED = "request-id-not-logged";

    /** Every word this class defines. */
    public static final Set<String> ALL = Set.of(
            FINISH_LOST,
            RUN_FINISHES_TWICE,
            CANCEL_LEAVES_TOOLS,
            EXPIRED_TOKENS_ACCEPTED,
            REFUSALS_UNNAMED,
            REPLAY_SKIPS,
            REPLAY_REPEATS,
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
            CLIENT_TEXT_LABELS,
            NOOP_SINK,
            EMPTY_TOPIC_HAS_NO_FLOOR,
            TOKENS_IN_LOG,
            DISCONNECT_STATUS_INVERTED,
            LIVE_PUSH_OWN_POD_ONLY,
            BREAKER_SERIES_STICK,
            NO_METRICS,
            SMOKE_NOT_STARTED,
            UNFED_METRICS,
            NONCE_PER_CONNECTION,
            BREAKER_PER_CONNECTION,
            SUMMARY_BEFORE_STATUS,
            SECRET_REQUEST_MISDATED,
            STUCK_RESERVATIONS_STAY,
            ONLY_TOTAL_LIMIT,
            FALLBACK_INVISIBLE,
            POLICY_SILENT,
            TELEMETRY_NOT_LOGGED,
            ERRORS_IN_LOG,
            REQUEST_ID_NOT_LOGGED);

    private ProcessFaults() {}
}
