package com.openagents.runbook.report;

/**
 * What the hash chain of a record proves about its lines.
 *
 * @param lines how many lines the record has
 * @param proven how many of them are as they were written, counted from the first; 0 if the record has no chain
 * @param whole whether the record ends where its chain says that it ends
 * @param broken where the chain breaks; empty if it does not
 */
public record RecordChain(int lines, int proven, boolean whole, String broken) {

    /** What it proves, in words. */
    public String text() {
        if (!broken.isEmpty()) {
            return broken;
        } else if (whole) {
            return "holds over all " + lines + " lines";
        } else if (proven == 0) {
            return "none: no line of the record is covered by one";
        }
        return "holds over the first " + proven + " of " + lines
                + " lines, and has no end: the run did not write its last line";
    }
}
