package com.openagents.runbook.report.history;

import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.time.Duration;

/**
 * What an earlier run said about one scenario.
 *
 * @param id the scenario's, which stays the same from run to run
 */
public record PastResult(String id, Verdict verdict, Duration took) {

    static PastResult of(ScenarioResult scenario) {
        return new PastResult(scenario.id(), scenario.verdict(), scenario.took());
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
