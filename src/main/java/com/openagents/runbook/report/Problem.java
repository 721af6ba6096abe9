package com.openagents.runbook.report;

/** Something wrong with the run or its record that belongs to no scenario; the run is at least as bad as its verdict. */
public record Problem(Verdict verdict, String text) {
    /** A run that is killed behind its last scenario has perhaps not put back what a drill changed. */
    static final Problem NO_END = new Problem(
            Verdict.ABORTED,
            "The record has no end: the run ended before everything was put away; after drills, run ./runbook recover");

    /** Of an attachment that tells what was left changed at the end of a run. */
    static final String LEFT_CHANGED = "application/vnd.openagents.left-changed+json";

    /** Of an attachment that tells why a run was ended from outside. */
    static final String CUT_SHORT = "application/vnd.openagents.cut-short+json";

    /** Of an attachment that tells why the record is not where it should be kept. */
    static final String MISPLACED = "application/vnd.openagents.misplaced+json";
}
