package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.database.Counted;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges counts of the runtime's tables (runbook 4); a finding names the most frequent kind first. */
public final class CountedAssert extends AbstractAssert<CountedAssert, Counted> {
    private static final int MOST_KINDS = 6;

    CountedAssert(Counted actual) {
        super(actual, CountedAssert.class);
    }

    /**
     * @param expected what the runbook expects, as a finding says it
     * @param things what is counted, in the plural
     */
    public CountedAssert areNone(String expected, String things, String statement, String next) {
        if (actual.total() > 0) {
            throw finding(expected, actual.total() + " " + things, statement, next);
        }
        return this;
    }

    /** A share of fewer than {@code fewest} says nothing, so it is never a finding. */
    public CountedAssert stayBelow(
            int percent, int fewest, String expected, String things, String statement, String next) {
        if (actual.total() >= fewest && actual.percent() > percent) {
            var dominant = actual.counts().get(0);
            throw finding(
                    expected,
                    actual.total() + " of " + actual.outOf() + " " + things + " (" + actual.percent() + " %, at most "
                            + percent + " %), most of them " + dominant.name(),
                    statement,
                    next);
        }
        return this;
    }

    private FindingError finding(String expected, String seen, String statement, String next) {
        return new FindingError(new Finding(expected, seen, details(), statement, next, actual.command()));
    }

    private List<String> details() {
        return actual.counts().stream()
                .limit(MOST_KINDS)
                .map(count -> count.name() + "   " + count.number()
                        + count.since()
                                .map(at -> ", since " + Ago.text(at, actual.at()))
                                .orElse("") + ", for example "
                        + count.example())
                .toList();
    }
}
