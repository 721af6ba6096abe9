package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.safety.PutBack;
import org.assertj.core.api.AbstractAssert;

/** Judges whether a drill left everything as it found it (runbook 5 to 8). */
public final class PutBackAssert extends AbstractAssert<PutBackAssert, PutBack> {
    PutBackAssert(PutBack actual) {
        super(actual, PutBackAssert.class);
    }

    /** @param statement the runbook's statement that the drill is about */
    public PutBackAssert isWhole(String statement) {
        if (!actual.problems().isEmpty()) {
            throw new FindingError(new Finding(
                    "Everything is as it was before the drill",
                    actual.problems().size() + (actual.problems().size() == 1 ? " thing is not" : " things are not"),
                    actual.problems(),
                    statement,
                    "put it back by hand, or by ./runbook recover where the journal still has it",
                    actual.kubectl().command("get configmap runbook-undo-journal -o yaml")));
        }
        return this;
    }
}
