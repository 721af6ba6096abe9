package com.openagents.runbook.report;

/** Something wrong with the run or its record that belongs to no scenario; the run is at least as bad as its verdict. */
public record Problem(Verdict verdict, String text) {
    /** Of an attachment that tells what was left changed at the end of a run. */
    static final String LEFT_CHANGED = "application/vnd.openagents.left-changed+json";
}
