package com.openagents.runbook.replica.runtime.sync;

import java.util.List;

/** The topics of the sync journal; there are no others (contract 5.3). */
public final class Topics {
    public static final String RUN_SUMMARIES = "runtime.run_summaries";
    public static final String WORKER_SUMMARIES = "runtime.codex_worker_summaries";
    public static final String WORKER_EVENTS = "runtime.codex_worker_events";
    public static final String NOTIFICATIONS = "runtime.notifications";

    public static final List<String> ALL = List.of(RUN_SUMMARIES, WORKER_SUMMARIES, WORKER_EVENTS, NOTIFICATIONS);

    private Topics() {}
}
