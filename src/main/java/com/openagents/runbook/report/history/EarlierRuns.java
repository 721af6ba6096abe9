package com.openagents.runbook.report.history;

import java.util.List;

/**
 * The runs that a run is compared with.
 *
 * @param runs the newest first
 * @param note what could not be read of them; empty if all could
 */
public record EarlierRuns(List<PastRun> runs, String note) {
    /** The media type under which they are attached to the run, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.history+json";

    /** Of a run that keeps no history. */
    public static final EarlierRuns NONE = new EarlierRuns(List.of(), "");

    public EarlierRuns {
        runs = List.copyOf(runs);
    }
}
