package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.Activity;
import org.assertj.core.api.AbstractAssert;

/** Judges whether the runtime's tables tell what triage asks them (runbook 3.4). */
public final class ActivityAssert extends AbstractAssert<ActivityAssert, Activity> {
    ActivityAssert(Activity actual) {
        super(actual, ActivityAssert.class);
    }

    public ActivityAssert tellsEverything() {
        if (!actual.refused().isEmpty()) {
            throw new FindingError(new Finding(
                    "The tables of the runtime tell what happened",
                    actual.refused().size() + " of " + actual.commands().size() + " questions have no answer in "
                            + actual.database(),
                    actual.refused().entrySet().stream()
                            .map(entry -> entry.getKey().title() + "   " + entry.getValue())
                            .toList(),
                    "9.4",
                    "compare the migrations of the database with those of the release",
                    actual.commands().get(actual.refused().keySet().iterator().next())));
        }
        return this;
    }
}
