package com.openagents.runbook.report.history;

import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * How a scenario stands compared with the runs before.
 *
 * @param before its verdict in the newest earlier run that selected it and came to its end with it; empty if none did
 * @param sinceRun the id of the run in which this state, or for what is over the state before, was first seen
 * @param since when that run began
 * @param runs how many runs saw that state, this one included unless it is over
 */
public record Change(
        Kind kind, ScenarioResult scenario, Optional<Verdict> before, String sinceRun, Instant since, int runs) {

    /** What a change is, what matters most first. */
    public enum Kind {
        /** A finding that the last run which could check it did not have. */
        NEW("new"),
        /** A finding that the last run which could check it had, too. */
        STILL_FAILING("still failing"),
        /** Could not be checked, and could be in the run before. */
        NEWLY_INCOMPLETE("newly incomplete"),
        /** Could not be checked, as in the run before. */
        STILL_INCOMPLETE("still incomplete"),
        /** Passed, and was a finding the last time it was checked. */
        FIXED("fixed"),
        /** Passed, and could not be checked in the run before. */
        CHECKED_AGAIN("checked again");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The words used in reports and documents. */
        public String word() {
            return word;
        }
    }

    /** Whether the scenario is worse off than before: what is waived is not, what no longer is, is. */
    public boolean worse() {
        return switch (kind) {
            case NEW -> scenario.verdict() == Verdict.FAILED;
            case STILL_FAILING ->
                scenario.verdict() == Verdict.FAILED
                        && before.map(PastResult::finding).orElse(false)
                        && before.get() != Verdict.FAILED;
            case NEWLY_INCOMPLETE -> scenario.verdict() == Verdict.INCOMPLETE;
            case STILL_INCOMPLETE ->
                scenario.verdict() == Verdict.INCOMPLETE
                        && before.filter(Verdict.WAIVED::equals).isPresent();
            case FIXED, CHECKED_AGAIN -> false;
        };
    }
}
