package com.openagents.runbook.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;

/**
 * A waiver, and what it came to in this run.
 *
 * @param endsSoon whether it ends within 14 days of the run's start
 * @param scenarios the ids of the scenarios of this run that it covers
 */
public record WaiverUse(@JsonUnwrapped Waiver waiver, State state, boolean endsSoon, List<String> scenarios) {

    /** Of a waiver, at the start of the run. */
    public enum State {
        /** It holds at least one finding. */
        WAIVED,
        /** Whatever it covers of this run passes. */
        STALE,
        EXPIRED,
        NOT_YET_VALID,
        /** It counts, but what it covers cannot be waived, or another waiver holds it. */
        WITHOUT_EFFECT;

        /** The word used in reports and documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public WaiverUse {
        scenarios = List.copyOf(scenarios);
    }

    /** What is to be done about it, by whom; empty if nothing is. */
    String next() {
        return switch (state) {
            case WAIVED ->
                endsSoon
                        ? "Ends within " + Waiver.SOON.toDays() + " days: " + waiver.owner()
                                + " mends what it covers, or asks for a new waiver."
                        : "";
            case STALE ->
                waiver.scenario().isEmpty()
                        ? "Whatever it covers of this run passes: " + waiver.owner()
                                + " looks at a run of all of it, then takes it out of the file of waivers."
                        : "Whatever it covers passes: " + waiver.owner() + " takes it out of the file of waivers.";
            case EXPIRED ->
                "Counts no more: " + waiver.owner()
                        + " mends what it covers and takes it out, or asks for a new waiver.";
            case NOT_YET_VALID -> "Counts from " + Times.moment(waiver.from()) + " on.";
            case WITHOUT_EFFECT ->
                "Held nothing in this run: an error of the runbook itself and an aborted scenario cannot be waived, and"
                        + " of several waivers the last one to end counts.";
        };
    }
}
