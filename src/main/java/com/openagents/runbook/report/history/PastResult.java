package com.openagents.runbook.report.history;

import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.time.Duration;

/**
 * What an earlier run said about one scenario.
 *
 * @param id the scenario's, which stays the same from run to run
 * @param unchecked whether what is waived is that it could not be checked
 */
public record PastResult(String id, Verdict verdict, Duration took, boolean unchecked) {

    static PastResult of(ScenarioResult scenario) {
        boolean unchecked =
                scenario.verdict() == Verdict.WAIVED && scenario.failures().isEmpty();
        return new PastResult(scenario.id(), scenario.verdict(), scenario.took(), unchecked);
    }

    /** What it says of the system: a waiver makes no finding of what could not be checked. */
    Verdict said() {
        return unchecked ? Verdict.INCOMPLETE : verdict;
    }

    /** Whether it was checked: what could not be checked says neither that a finding is there nor that it is gone. */
    static boolean checked(Verdict verdict) {
        return verdict != Verdict.INCOMPLETE && verdict != Verdict.ABORTED && verdict != Verdict.PLANNED;
    }

    /** Whether it is a finding, also one that is waived. */
    static boolean finding(Verdict verdict) {
        return checked(verdict) && verdict != Verdict.PASSED;
    }
}
