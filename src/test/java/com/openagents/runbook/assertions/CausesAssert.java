package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.Causes;
import com.openagents.runbook.system.database.Causes.Cause;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges how often something went wrong, and says the dominant cause of it first (runbook 4). */
public final class CausesAssert extends AbstractAssert<CausesAssert, Causes> {

    CausesAssert(Causes actual) {
        super(actual, CausesAssert.class);
    }

    public CausesAssert areNone() {
        canBeTold();
        if (actual.total() > 0) {
            throw new FindingError(finding(seen()));
        }
        return this;
    }

    /** Few of them, or a small share of all, are no incident. */
    public CausesAssert areNoSpike(IncidentThresholds thresholds) {
        canBeTold();
        boolean many = actual.total() > thresholds.few();
        if (many && actual.total() * 100 > actual.population() * thresholds.share()) {
            throw new FindingError(finding(seen() + ", more than " + thresholds.share() + "%"));
        }
        return this;
    }

    /** Up to so many are ordinary, whatever happens besides. */
    public CausesAssert areFew(IncidentThresholds thresholds) {
        canBeTold();
        if (actual.total() > thresholds.few()) {
            throw new FindingError(finding(seen() + ", more than " + thresholds.few()));
        }
        return this;
    }

    /** No single cause stands for more than half of them. */
    public CausesAssert areNotDominatedByOne(IncidentThresholds thresholds) {
        canBeTold();
        if (actual.total() > thresholds.few() && actual.causes().get(0).count() * 2 > actual.total()) {
            throw new FindingError(finding(seen()));
        }
        return this;
    }

    /** That nothing went wrong while nothing went on says nothing. */
    private void canBeTold() {
        if (actual.question().isAboutWhatHappened() && actual.population() == 0 && actual.total() == 0) {
            throw new CouldNotCheck("there were no " + actual.question().things() + " within "
                    + Ago.text(actual.window()) + ", so none could be looked at: look again under load, or raise"
                    + " thresholds.incidents.window. See by hand:\n" + actual.command());
        }
    }

    private String seen() {
        return "%d found among %d %s"
                .formatted(
                        actual.total(), actual.population(), actual.question().things());
    }

    private Finding finding(String seen) {
        var guide = IncidentGuide.of(actual.question());
        var within = guide.now() ? "" : " within " + Ago.text(actual.window());
        return new Finding(
                guide.expected() + within, seen, details(), guide.statement(), guide.next(), actual.command());
    }

    private List<String> details() {
        return actual.causes().stream().map(this::line).toList();
    }

    private String line(Cause cause) {
        return "%d of %d   %s, since %s (%s), for example %s"
                .formatted(
                        cause.count(),
                        actual.total(),
                        cause.words(),
                        cause.since(),
                        Ago.text(cause.since(), actual.at()),
                        cause.example().isEmpty() ? "none" : cause.example());
    }
}
