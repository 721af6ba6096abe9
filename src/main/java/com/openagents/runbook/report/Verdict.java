package com.openagents.runbook.report;

import java.util.Locale;

/** What a run says about one scenario, worst first. Only a scenario with evidence can be {@link #PASSED}. */
public enum Verdict {
    /** Something is not as the runbook says, or the runbook itself broke. */
    FAILED,
    /** It could not be checked; the reason is given. */
    INCOMPLETE,
    /** It failed or could not be checked, and somebody answers for that until a given time. */
    WAIVED,
    /** The run ended before the scenario did. */
    ABORTED,
    /** The run only showed what it would do. */
    PLANNED,
    /** It is as the runbook says, and the evidence is here. */
    PASSED;

    /** The word used in reports, features and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
