package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.LogMatches;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges whether something can be found in a log (runbook 3.5). */
public final class LogMatchesAssert extends AbstractAssert<LogMatchesAssert, LogMatches> {
    LogMatchesAssert(LogMatches actual) {
        super(actual, LogMatchesAssert.class);
    }

    public LogMatchesAssert showTheRequest() {
        if (actual.lines().isEmpty()) {
            throw new FindingError(new Finding(
                    "A request can be found in the log by its id",
                    "no line of " + actual.pod() + " holds it",
                    List.of(actual.pod() + "   answered the request " + actual.text()),
                    "3.5",
                    "follow requests by their path and time until lines name their request again",
                    actual.command()));
        }
        return this;
    }
}
